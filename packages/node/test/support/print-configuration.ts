/** Run as a process of its own: loads the configuration of the folder in its first argument, and prints what tests look at. */
import { ConfigurationError } from "@volenti/core";
import { loadConfiguration } from "@volenti/node";

const [, , directory = "", file] = process.argv;
try {
  const { configuration, ...places } = await loadConfiguration({ directory, file });
  const { controller, notices } = configuration;
  process.stdout.write(JSON.stringify({ ...places, controller, notices }));
} catch (error) {
  if (!ConfigurationError.isInstance(error)) throw error;
  process.stdout.write(JSON.stringify({ problems: error.problems, message: error.message }));
}
