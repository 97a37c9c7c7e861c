/** Thrown by a handler whose connection breaks without an answer. The server then destroys the socket. */
export class ConnectionResetError extends Error {
  constructor() {
    super("the connection breaks here");
    this.name = "ConnectionResetError";
  }
}
