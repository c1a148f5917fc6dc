package io.hyperloop.demo;

import tools.jackson.databind.JsonNode;

/** How one of the providers' interfaces says what a script does. */
interface Dialect {
  Dialect MESSAGES =
      new Dialect() {
        @Override
        public String fault(JsonNode request) {
          return MessagesRequest.fault(request, false);
        }

        @Override
        public Script.Said said(JsonNode request) {
          return MessagesRequest.said(request);
        }

        @Override
        public Reply reply(JsonNode request) {
          return new MessagesReply(request);
        }

        @Override
        public byte[] error(Script.Reply.Fail fail) {
          return MessagesReply.error(fail);
        }
      };

  Dialect RESPONSES =
      new Dialect() {
        @Override
        public String fault(JsonNode request) {
          return ResponsesRequest.fault(request);
        }

        @Override
        public Script.Said said(JsonNode request) {
          return ResponsesRequest.said(request);
        }

        @Override
        public Reply reply(JsonNode request) {
          return new ResponsesReply(request);
        }

        @Override
        public byte[] error(Script.Reply.Fail fail) {
          return ResponsesReply.error(fail);
        }
      };

  /** What the real one would refuse about a request; empty if nothing. */
  String fault(JsonNode request);

  /** The conversation in it. */
  Script.Said said(JsonNode request);

  Reply reply(JsonNode request);

  /** The body of an error. */
  byte[] error(Script.Reply.Fail fail);

  /** Writes the reply to one request. */
  interface Reply {
    /** Not streamed. */
    byte[] whole(Script.Reply.Say say);

    /** Streamed, from the first event to the last. */
    byte[] events(Script.Reply.Say say);

    /** The first events of a reply that is not finished. */
    byte[] beginning(String text);

    /** One more event of such a reply. */
    byte[] piece(String text);
  }
}
