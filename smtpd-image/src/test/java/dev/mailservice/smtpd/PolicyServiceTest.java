package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.mailservice.smtpd.policy.TestPolicyServer;
import dev.mailservice.smtpd.policy.TestPolicyServer.Answer;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyServiceTest {
  private static final String CANNOT_SAY =
      "451 4.3.5 <user@example.test>: Recipient address rejected: Server configuration problem";

  private static TestServer asking(TestNextHop nextHop, TestPolicyServer policy, String... more)
      throws Exception {
    return TestServer.start(
        nextHop,
        Stream.concat(
                Stream.of(
                    "smtpd_recipient_restrictions=check_policy_service " + policy.address(),
                    "smtpd_policy_service_timeout=1s",
                    "smtpd_policy_service_retry_delay=1s"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static String recipient(TestServer server) throws IOException {
    try (TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      client.say("MAIL FROM:<sender@client.test> SIZE=123");
      return client.say("RCPT TO:<user@example.test>");
    }
  }

  @Test
  void what_the_server_says_counts_as_a_tables_word_does() throws Exception {
    try (var nextHop = new TestNextHop();
        var policy = TestPolicyServer.start(it -> Answer.action("DUNNO"));
        TestServer server = asking(nextHop, policy)) {
      assertThat(recipient(server)).isEqualTo("250 2.1.5 Ok");
      policy.answer(it -> Answer.action("DEFER_IF_PERMIT 4.2.0 Greylisted, come back later"));
      assertThat(recipient(server))
          .isEqualTo(
              "450 4.2.0 <user@example.test>: Recipient address rejected:"
                  + " Greylisted, come back later");
      policy.answer(it -> Answer.action("550 5.7.1 spam"));
      assertThat(recipient(server))
          .isEqualTo("550 5.7.1 <user@example.test>: Recipient address rejected: spam");
      assertThat(policy.connections()).as("one connection is kept for all").isEqualTo(1);
    }
  }

  @Test
  void the_server_is_told_all_that_is_known() throws Exception {
    try (var nextHop = new TestNextHop();
        var policy = TestPolicyServer.start(it -> Answer.action("DUNNO"));
        TestServer server = asking(nextHop, policy, "smtpd_policy_service_policy_context=mx")) {
      recipient(server);
      Map<String, String> told = policy.requests().getFirst().attributes();
      assertThat(told)
          .contains(
              entry("request", "smtpd_access_policy"),
              entry("protocol_state", "RCPT"),
              entry("protocol_name", "ESMTP"),
              entry("client_address", "127.0.0.1"),
              entry("client_name", "unknown"),
              entry("reverse_client_name", "unknown"),
              entry("helo_name", "client.test"),
              entry("sender", "sender@client.test"),
              entry("recipient", "user@example.test"),
              entry("recipient_count", "0"),
              entry("queue_id", ""),
              entry("size", "123"),
              entry("sasl_username", ""),
              entry("encryption_protocol", ""),
              entry("policy_context", "mx"));
      assertThat(told.get("instance")).isNotEmpty();
    }
  }

  @Test
  void questions_about_one_message_have_one_name() throws Exception {
    try (var nextHop = new TestNextHop();
        var policy = TestPolicyServer.start(it -> Answer.action("DUNNO"));
        TestServer server =
            asking(
                nextHop,
                policy,
                "smtpd_end_of_data_restrictions=check_policy_service " + policy.address());
        TestClient client = server.connect().openMessage()) {
      client.send("Subject: x\r\n\r\nbody\r\n");
      assertThat(client.say(".")).startsWith("250 ");
      assertThat(policy.requests())
          .extracting(it -> it.get("protocol_state"))
          .containsExactly("RCPT", "END-OF-MESSAGE");
      assertThat(policy.requests())
          .extracting(it -> it.get("instance"))
          .hasSize(2)
          .doesNotContain("");
      assertThat(policy.requests().get(0).get("instance"))
          .isEqualTo(policy.requests().get(1).get("instance"));
      assertThat(policy.requests().get(1).get("recipient_count")).isEqualTo("1");
      assertThat(policy.connections()).as("two lists that name one server share it").isEqualTo(1);
    }
  }

  static Stream<Answer> no_answers() {
    return Stream.of(
        Answer.silence(),
        Answer.drop(),
        Answer.raw("nonsense\n\n"),
        Answer.raw("\n"),
        Answer.lastRaw("action=DUN"));
  }

  @ParameterizedTest
  @MethodSource("no_answers")
  void without_an_answer_the_default_action_applies_and_the_slot_comes_back(Answer none)
      throws Exception {
    try (var nextHop = new TestNextHop();
        var policy = TestPolicyServer.start(it -> none);
        TestServer server = asking(nextHop, policy)) {
      assertThat(recipient(server)).isEqualTo(CANNOT_SAY);
      assertThat(policy.requests()).hasSize(2);
      assertThat(server.log()).anyMatch(it -> it.contains("problem talking to server inet:"));
      await().until(() -> server.usage().active() == 0);
    }
  }

  @Test
  void a_server_may_have_a_default_action_and_a_time_limit_of_its_own() throws Exception {
    try (var nextHop = new TestNextHop();
        var policy = TestPolicyServer.start(it -> Answer.silence());
        TestServer server =
            TestServer.start(
                nextHop,
                "smtpd_recipient_restrictions=check_policy_service { %s, timeout=1s, try_limit=1, default_action=DUNNO }"
                    .formatted(policy.address()))) {
      assertThat(recipient(server)).isEqualTo("250 2.1.5 Ok");
      assertThat(policy.requests()).hasSize(1);
    }
  }

  @Test
  void a_server_that_went_away_between_two_questions_is_asked_again() throws Exception {
    try (var nextHop = new TestNextHop();
        var policy = TestPolicyServer.start(it -> Answer.lastAction("DUNNO"));
        TestServer server = asking(nextHop, policy)) {
      assertThat(recipient(server)).isEqualTo("250 2.1.5 Ok");
      await().until(() -> policy.connected() == 0);
      assertThat(recipient(server)).isEqualTo("250 2.1.5 Ok");
    }
  }

  @Test
  void an_attribute_that_there_is_not_is_refused_when_the_server_starts() throws Exception {
    try (var nextHop = new TestNextHop()) {
      assertThatThrownBy(
              () ->
                  TestServer.start(
                      nextHop,
                      "smtpd_recipient_restrictions="
                          + "check_policy_service { inet:127.0.0.1:1, patience=1s }"))
          .hasMessageContaining("unknown attribute \"patience\"");
    }
  }
}
