package org.regionalpacs.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionalpacs.dicom.data.UID;
import org.regionalpacs.dicom.net.UserInformation.AsyncOperations;
import org.regionalpacs.dicom.net.UserInformation.RoleSelection;

/** What is answered to the negotiations of PS3.7 D.3.3, seen from the wire. */
class NegotiationTest {
  private static final UserInformation PLAIN =
      new UserInformation(16_384, "1.2.3", "", Optional.empty(), List.of());

  /** Knows one user. */
  private static final StoragePolicy WITH_USERS =
      new StoragePolicy(
          StoringServer.AE::equals,
          given -> given.map(NegotiationTest::check).orElseGet(IdentityAnswer.NotSupported::new));

  private static IdentityAnswer check(UserIdentity identity) {
    return identity.name().equals(Optional.of("anna")) && identity.passcode().equals("secret")
        ? IdentityAnswer.accepted()
        : new IdentityAnswer.Refused(RejectReason.NO_REASON);
  }

  @Test
  void givenExtendedNegotiationOfStorage_whenAccepted_thenFullStorageWithoutCoercionIsTold()
      throws IOException {
    byte[] scuOnly = {3, 0, 0, 0, 2, 0};
    UserInformation asked =
        user(
            List.of(
                new ExtendedNegotiation(RawPeer.CT, scuOnly),
                new ExtendedNegotiation(RawPeer.VERIFICATION, scuOnly),
                new ExtendedNegotiation(RawPeer.MWL, scuOnly)),
            List.of());
    try (StoringServer server = StoringServer.start()) {
      List<ExtendedNegotiation> answered = accepted(server, asked).user().extended();
      assertThat(answered).hasSize(1);
      assertThat(answered.getFirst().sopClass()).isEqualTo(RawPeer.CT);
      assertThat(answered.getFirst().information()).containsExactly(2, 0, 3, 0, 0, 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.999.1, 1.2.840.10008.4.2, ACCEPTANCE",
    "1.2.999.1, 1.2.999.2, ABSTRACT_SYNTAX_NOT_SUPPORTED",
    "1.2.840.10008.5.1.4.1.1.2, 1.2.999.2, ACCEPTANCE",
    "1.2.840.10008.5.1.4.31, 1.2.840.10008.4.2, ABSTRACT_SYNTAX_NOT_SUPPORTED"
  })
  void givenCommonExtendedNegotiation_whenAClassIsToldToBeOfAService_thenOnlyStorageIsAccepted(
      String sopClass, String serviceClass, ContextAnswer.Result result) throws IOException {
    UserInformation asked =
        user(
            List.of(),
            List.of(
                new CommonExtendedNegotiation("1.2.999.9", "1.2.999.2", List.of()),
                new CommonExtendedNegotiation(
                    sopClass, serviceClass, List.of(RawPeer.CT, UID.MRImageStorage))));
    try (StoringServer server = StoringServer.start()) {
      AssociateAccept accept = accepted(server, asked, sopClass);
      assertThat(accept.answers().getFirst().result()).isEqualTo(result);
      assertThat(accept.user().common()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,5,1", "8,5,5", "8,0,8", "8,20,8"})
  void givenAnOperationsWindow_whenAskedFor_thenAtMostTheConfiguredOneIsGranted(
      int configured, int asked, int granted) throws IOException {
    try (StoringServer server =
        StoringServer.start(ServerOptions.onLoopback().withMaxOperations(configured))) {
      UserInformation user =
          new UserInformation(
              0, "1.2.3", "", Optional.of(new AsyncOperations(asked, 3)), List.of());
      assertThat(accepted(server, user).user().asyncOperations())
          .contains(new AsyncOperations(granted, 1));
      assertThat(accepted(server, PLAIN).user().asyncOperations()).isEmpty();
    }
  }

  @Test
  void givenRoleSelections_whenAccepted_thenRequestorsAreScpOnlyWhereThePolicySaysSo()
      throws IOException {
    List<RoleSelection> asked =
        List.of(
            new RoleSelection(RawPeer.CT, true, true),
            new RoleSelection(RawPeer.VERIFICATION, true, true),
            new RoleSelection(RawPeer.MWL, true, true));
    UserInformation user = new UserInformation(0, "1.2.3", "", Optional.empty(), asked);
    try (StoringServer server = StoringServer.start()) {
      assertThat(accepted(server, user).user().roles())
          .containsExactly(
              new RoleSelection(RawPeer.CT, true, false),
              new RoleSelection(RawPeer.VERIFICATION, true, false));
    }
    try (StoringServer server = StoringServer.start(new ScpRolesForCt())) {
      assertThat(accepted(server, user).user().roles())
          .contains(new RoleSelection(RawPeer.CT, true, true));
    }
  }

  @Test
  void givenAUserThatIsKnown_whenOpened_thenConfirmedIfAskedAndKnownToTheServer()
      throws IOException {
    try (StoringServer server = StoringServer.start(WITH_USERS)) {
      try (StoreScu scu = open(server, UserIdentity.user("anna", "secret"))) {
        assertThat(scu.userConfirmed()).isTrue();
        assertThat(server.opened.getFirst().user()).contains("anna");
      }
      UserIdentity anna = UserIdentity.user("anna", "secret");
      UserIdentity unasked = new UserIdentity(anna.type(), false, anna.primary(), anna.secondary());
      try (StoreScu scu = open(server, unasked)) {
        assertThat(scu.userConfirmed()).isFalse();
      }
    }
  }

  @Test
  void givenAUserThatIsNotKnown_whenOpened_thenRejected() throws IOException {
    try (StoringServer server = StoringServer.start(WITH_USERS)) {
      assertThatThrownBy(() -> open(server, UserIdentity.user("anna", "wrong")))
          .isInstanceOf(AssociationRejectedException.class);
      assertThatThrownBy(() -> open(server, UserIdentity.user("anna")))
          .isInstanceOf(AssociationRejectedException.class);
      assertThat(server.opened).isEmpty();
    }
  }

  @Test
  void givenAServerThatChecksNoUsers_whenOpened_thenServedButNotConfirmed() throws IOException {
    try (StoringServer server = StoringServer.start();
        StoreScu scu = open(server, UserIdentity.user("anna", "secret"))) {
      assertThat(scu.userConfirmed()).isFalse();
      assertThat(server.opened.getFirst().user()).isEmpty();
    }
  }

  @Test
  void givenDcmtksStorescuWithAUser_whenItSends_thenItGetsItsPositiveResponse(@TempDir Path folder)
      throws IOException {
    Object file = SampleFile.write(folder, UID.CTImageStorage, UID.ExplicitVRLittleEndian, 1000);
    try (StoringServer server = StoringServer.start(WITH_USERS)) {
      Object port = server.server().port();
      Dcmtk.Outcome known =
          Dcmtk.run(
              "storescu",
              "-usr",
              "anna",
              "-pwd",
              "secret",
              "-rsp",
              "-d",
              "-aec",
              "ARCHIVE",
              "127.0.0.1",
              port,
              file);
      assertThat(known.code()).as(known.output()).isZero();
      assertThat(server.opened.getFirst().user()).contains("anna");
      Dcmtk.Outcome unknown =
          Dcmtk.run(
              "storescu",
              "-usr",
              "anna",
              "-pwd",
              "wrong",
              "-rsp",
              "-aec",
              "ARCHIVE",
              "127.0.0.1",
              port,
              file);
      assertThat(unknown.output()).contains("Rejected");
    }
  }

  @Test
  void givenAPasscode_whenTheIdentityIsPrinted_thenItIsNotSeen() {
    assertThat(UserIdentity.user("anna", "secret").toString())
        .contains("anna")
        .doesNotContain("secret");
  }

  private record ScpRolesForCt() implements AssociationPolicy {
    @Override
    public Optional<RejectReason> refusal(AssociateRequest request, InetAddress peer) {
      return Optional.empty();
    }

    @Override
    public ContextAnswer answer(PresentationContext proposed) {
      return ContextAnswer.accept(proposed, proposed.transferSyntaxes().getFirst());
    }

    @Override
    public boolean requestorMayBeScp(String sopClass) {
      return sopClass.equals(RawPeer.CT);
    }
  }

  private static UserInformation user(
      List<ExtendedNegotiation> extended, List<CommonExtendedNegotiation> common) {
    return new UserInformation(
        16_384,
        "1.2.3",
        "",
        Optional.empty(),
        List.of(),
        extended,
        common,
        Optional.empty(),
        Optional.empty());
  }

  private static AssociateAccept accepted(StoringServer server, UserInformation user)
      throws IOException {
    return accepted(
        server,
        new AssociateRequest(
            1,
            StoringServer.AE,
            "RAW",
            AssociateRequest.DICOM_APPLICATION_CONTEXT,
            RawPeer.request().contexts(),
            user));
  }

  private static AssociateAccept accepted(
      StoringServer server, UserInformation user, String sopClass) throws IOException {
    return accepted(
        server,
        new AssociateRequest(
            1,
            StoringServer.AE,
            "RAW",
            AssociateRequest.DICOM_APPLICATION_CONTEXT,
            List.of(new PresentationContext(1, sopClass, List.of(RawPeer.IMPLICIT))),
            user));
  }

  private static AssociateAccept accepted(StoringServer server, AssociateRequest request)
      throws IOException {
    try (RawPeer peer = RawPeer.connect(server.remote())) {
      RawPeer.Answer answer = peer.send(PduEncoder.encode(request)).answer();
      assertThat(answer.text()).isEqualTo("accepted");
      return new AssociatePduParser(answer.body()).accept();
    }
  }

  private static StoreScu open(StoringServer server, UserIdentity user) throws IOException {
    return StoreScu.open(
        server.remote(),
        "ME",
        List.of(ProposedContext.of(UID.Verification, UID.ImplicitVRLittleEndian)),
        ScuOptions.DEFAULT.withIdentity(user));
  }
}
