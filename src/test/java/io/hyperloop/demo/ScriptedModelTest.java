package io.hyperloop.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripted model answers as the real one does, and refuses what that one refuses. */
class ScriptedModelTest {
  private final ScriptedModel model =
      ScriptedModel.start(
          said -> Script.bash("You said " + said.last(), "echo '" + said.field("Role") + "'"),
          Duration.ZERO);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void end() {
    model.close();
    client.close();
  }

  @Test
  void aReplyIsOneMessage() throws Exception {
    HttpResponse<String> reply =
        post(
            "/v1/messages?beta=true",
            body("'system':'Role: cook','messages':[" + user("hi") + "]"));

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body())
        .contains("\"text\":\"You said hi\"")
        .contains("\"input\":{\"command\":\"echo 'cook'\"}")
        .contains("\"stop_reason\":\"tool_use\"");
  }

  @Test
  void aStreamedReplyIsASequenceOfEvents() throws Exception {
    HttpResponse<String> reply =
        post("/v1/messages", body("'stream':true,'messages':[" + user("hi") + "]"));

    assertThat(reply.headers().firstValue("content-type").orElse("")).contains("text/event-stream");
    assertThat(reply.body().lines().filter(line -> line.startsWith("event: ")).distinct())
        .containsExactly(
            "event: message_start",
            "event: ping",
            "event: content_block_start",
            "event: content_block_delta",
            "event: content_block_stop",
            "event: message_delta",
            "event: message_stop");
  }

  @Test
  void tokensAreCountedAndAProbeIsAnswered() throws Exception {
    assertThat(post("/v1/messages/count_tokens", body("'messages':[" + user("hi") + "]")).body())
        .startsWith("{\"input_tokens\":");
    HttpRequest head =
        HttpRequest.newBuilder(URI.create(model.url() + "/"))
            .method("HEAD", BodyPublishers.noBody())
            .build();
    assertThat(client.send(head, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }

  @Test
  void withoutAKeyNothingIsAnswered() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(model.url() + "/v1/messages"))
            .POST(BodyPublishers.ofString(body("'messages':[" + user("hi") + "]")))
            .build();

    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "{'max_tokens':1,'messages':[{'role':'user','content':'hi'}]}",
        "{'model':'m','messages':[{'role':'user','content':'hi'}]}",
        "{'model':'m','max_tokens':1,'messages':[]}",
        "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':' '}]}",
        "{'model':'m','max_tokens':1,'messages':[{'role':'assistant','content':'hi'}]}",
        "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':'hi'},"
            + "{'role':'assistant','content':[{'type':'tool_use','id':'1'}]},"
            + "{'role':'user','content':'and?'}]}",
        "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':"
            + "[{'type':'tool_result','tool_use_id':'1'}]}]}",
      })
  void whatTheRealOneRefusesIsRefused(String body) throws Exception {
    HttpResponse<String> reply = post("/v1/messages", body.replace('\'', '"'));

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).contains("invalid_request_error");
  }

  private static String body(String rest) {
    return ("{'model':'scripted-1','max_tokens':100," + rest + "}").replace('\'', '"');
  }

  private static String user(String text) {
    return "{'role':'user','content':[{'type':'text','text':'" + text + "'}]}";
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(model.url() + path))
            .header("x-api-key", "any")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
