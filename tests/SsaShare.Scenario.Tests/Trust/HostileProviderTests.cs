using System.Text;
using Google.Protobuf;
using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Signing;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Trust;

/// <summary>What a receiver does with a provider's answers that are wrong in one thing each: refuses all of it, writes it down, stores nothing.</summary>
public sealed class HostileProviderTests(TestCluster cluster) : IAsyncLifetime
{
    private const int AgreementNotDelivered = 202, AnswerRefused = 212, EquivocationFound = 288, ExchangeRestarted = 159;
    private readonly ScenarioFederation _federation = new(cluster);
    private ScenarioNode _node = null!;
    private ActingPartner _provider = null!, _other = null!;
    private HostileProvider _server = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await _federation.AddAsync("atlantic", settings: new KeyValuePair<string, string>("Logging:LogLevel:Default", "Information"));
        _provider = ActingPartner.Create(_federation.Root, "caribbean");
        _other = ActingPartner.Create(_federation.Root, "pacific");
        _server = await HostileProvider.StartAsync(_provider, _provider.Identity.TlsCertificate);
        await _federation.StartAsync();
        await _node.PinAsync(_provider.Card, _other.Card);
    }

    /// <summary>One process for all cases: each has an agreement, hence an inbox, of its own.</summary>
    [Fact]
    public async Task Answers_WrongInOneThing_AreRefusedLoggedAndNotStored()
    {
        (string Name, string Reason, Action<HostileAnswer> Spoil)[] cases =
        [
            ("unknown record class", "class", answer => answer.Class = (RecordClass)99),
            ("unspecified record class", "class", answer => answer.Wire = wire => wire.Slices[0].Records[0].RecordClass = Protocol.Common.V1.RecordClass.Unspecified),
            ("class not exchanged", "not a well-formed", answer => answer.Wire = wire => wire.Slices[0].Records[0].RecordClass = Protocol.Common.V1.RecordClass.Ephemeris),
            ("unknown data mode", "label", answer => answer.LabelBytes = HostileAnswer.UnknownMode()),
            ("label not of the leaf", "signed root", answer => answer.Wire = wire => wire.Slices[0].Labels[0] = PublicLabel()),
            ("altered payload", "signed root", answer => answer.Wire = wire => wire.Slices[0].Records[1].Payload = OtherRange(wire.Slices[0].Records[1].Payload)),
            ("payload of garbage", "not a well-formed", answer => answer.Wire = wire => wire.Slices[0].Records[1].Payload = ByteString.CopyFrom(0xff, 0xff, 0xff)),
            ("altered salt", "signed root", answer => answer.Wire = wire => wire.Slices[0].Records[1].Salt = ByteString.CopyFrom(new byte[16])),
            ("records swapped", "ascend", answer => answer.Wire = wire => wire.Slices[0].Records.Add(wire.Slices[0].Records[0])),
            ("one record kept back unproven", "signed root", answer => answer.Wire = wire => wire.Slices[0].Records.RemoveAt(2)),
            ("publication signed by another", "signature is not that of originator", answer => answer.PublicationKey = _other.Key),
            ("originator not pinned", "No node card is pinned", answer => answer.Originator = PartnerId.Parse("nobody")),
            ("another's records, rightly signed", "does not belong among the provider's own", answer => (answer.Originator, answer.PublicationKey) = (_other.Partner, _other.Key)),
            ("sensor outside the agreement", "outside the agreement", answer => answer.Sensor = "SECRET"),
            ("EXERCISE under an agreement of REAL", "outside the agreement", answer => answer.Label = ScenarioNode.Label with { Mode = DataMode.Exercise }),
            ("level above what is agreed", "outside the agreement", answer => answer.Label = ScenarioNode.Label with { Level = HandlingLevel.Restricted }),
            ("not releasable to the receiver", "outside the agreement", answer => answer.Label = ScenarioNode.Label with { ReleasableTo = ["pacific"] }),
            ("manifest signed by another", "signature is not the provider's", answer => answer.ManifestKey = _other.Key),
            ("manifest for another receiver", "other parties", answer => answer.Manifest = manifest => manifest with { Receiver = _other.Partner }),
            ("manifest of another provider", "other parties", answer => answer.Manifest = manifest => manifest with { Provider = _other.Partner }),
            ("manifest of another agreement", "another agreement", answer => answer.Manifest = manifest => manifest with { Agreement = new AgreementId(Hash256.Of("x"u8)) }),
            ("manifest lists other records", "exactly the records", answer => answer.Manifest = manifest => manifest with { ItemRoot = Hash256.Of("x"u8) }),
            ("manifest lists fewer records", "exactly the records", answer => answer.Manifest = manifest => manifest with { ItemCount = 2 }),
            ("manifest leaves a gap", "this node stands at", answer => answer.Manifest = manifest => manifest with { AfterPosition = 5, ToPosition = 6 }),
            ("manifest goes back", "this node stands at", answer => answer.Manifest = manifest => manifest with { ToPosition = -1 }),
            ("manifest of another chain", "this node stands at", answer => answer.Manifest = manifest => manifest with { Previous = Hash256.Of("x"u8) }),
            ("endless cursor", "cursor", answer => answer.Wire = wire => wire.Cursor = ByteString.CopyFrom(new byte[100_000])),
            ("no manifest", "manifest", answer => answer.Wire = wire => wire.Manifest = null),
        ];

        var agreements = new List<(string Name, string Reason, AgreementId Agreement)>();
        foreach (var (name, reason, spoil) in cases) agreements.Add((name, reason, await ServeAsync(name, spoil)));
        var wrong = new List<string>();
        foreach (var (name, reason, agreement) in agreements)
        {
            var refusals = await Eventually.IsAsync(() => RefusalsAsync(agreement), found => found.Count > 0, $"refusal of: {name}", () => string.Join('\n', _node.Process.Lines.TakeLast(20)));
            if (!refusals[0].Contains(reason, StringComparison.OrdinalIgnoreCase)) wrong.Add($"{name}: {refusals[0]}");
            await _node.Process.LoggedAsync(AnswerRefused, agreement.ToString()[..16]);
        }
        Assert.Empty(wrong);
        Assert.Equal(0L, await _node.ScalarAsync<long>("SELECT (SELECT count(*) FROM record) + (SELECT count(*) FROM publication) + (SELECT count(*) FROM inbox) + (SELECT count(*) FROM manifest_received)"));

        // The same answer without a fault is taken: it was the fault that was refused.
        var good = await ServeAsync("nothing wrong", _ => { });
        await Eventually.IsAsync(() => _node.ScalarAsync<long>("SELECT count(*) FROM record"), count => count == 3, "records of the right answer");
        // It goes on giving the same answer, which the receiver has had: the replay is refused, and nothing is stored twice.
        var replayed = await Eventually.IsAsync(() => RefusalsAsync(good), found => found.Count > 0, "refusal of the replay");
        Assert.Contains("this node stands at", replayed[0], StringComparison.Ordinal);
        await EquivocateAsync(good);
        await Ledger.AssertSoundAsync(_node, checkpoints: false);
        Assert.Equal(3L, await _node.ScalarAsync<long>("SELECT count(*) FROM record"));
        await RestartAsync(good);
        await Ledger.AssertSoundAsync(_node, checkpoints: false);
    }

    /// <summary>It signs a second manifest that names the first as the one before it, and does not begin where that ended: the two together are proof.</summary>
    private async Task EquivocateAsync(AgreementId agreement)
    {
        var first = new Hash256(await _node.ScalarAsync<byte[]>("SELECT manifest FROM inbox"));
        int before = (await RefusalsAsync(agreement)).Count;
        Serve(agreement, answer => answer.Manifest = manifest => manifest with { Previous = first, AfterPosition = 5, ToPosition = 6 });
        var proofs = await Eventually.IsAsync(() => BodiesAsync("equivocation", agreement), found => found.Count > 0, "proof of the contradiction");
        await _node.Process.LoggedAsync(EquivocationFound, agreement.ToString()[..16]);
        // It answers each pull so, and the proof stays one.
        int kept = (await RefusalsAsync(agreement)).Count;
        await Eventually.IsAsync(() => RefusalsAsync(agreement), found => found.Count > kept, "refusal of the contradiction once more");
        proofs = await BodiesAsync("equivocation", agreement);
        Assert.True(Equivocation.TryParse(Assert.Single(proofs), out var proof));
        Assert.True(SignedDocument.TryParse(proof.First, out var stored));
        Assert.Equal((first, (PartnerId?)_provider.Partner), (stored.Id, proof.Provider));
        Assert.True(kept > before);
    }

    /// <summary>It was restored from a backup, says its operator: what it gives from the beginning is refused until this node's operator begins anew.</summary>
    private async Task RestartAsync(AgreementId agreement)
    {
        var id = ByteString.CopyFrom(agreement.Value.ToArray());
        RestartExchangeRequest request = new() { PeerId = _provider.Partner.Value, AgreementId = id, Reason = "restored from the backup of yesterday" };
        foreach (var (wrong, status) in new[] { (Changed(one => one.PeerId = "nobody"), StatusCode.NotFound), (Changed(one => one.AgreementId = ByteString.Empty), StatusCode.InvalidArgument), (Changed(one => one.Reason = " "), StatusCode.InvalidArgument) })
            Assert.Equal(status, (await Assert.ThrowsAsync<RpcException>(async () => await _node.Admin.RestartExchangeAsync(wrong))).StatusCode);
        int refusals = (await RefusalsAsync(agreement)).Count;
        Serve(agreement, _ => { });
        await Eventually.IsAsync(() => RefusalsAsync(agreement), found => found.Count > refusals, "refusal of what begins anew");
        Assert.Equal(3L, await _node.ScalarAsync<long>("SELECT count(*) FROM record"));

        var restarted = await SsaProcess.RunAsync(["exchange", "restart", "--dir", _node.Folder.Path, "--peer", request.PeerId, "--agreement", agreement.ToString()[..8], "--reason", request.Reason]);
        Assert.True(restarted.ExitCode == 0, restarted.ToString());
        await Eventually.IsAsync(() => _node.ScalarAsync<long>("SELECT count(*) FROM record"), count => count == 6, "records of the new beginning");
        await _node.Process.LoggedAsync(ExchangeRestarted, agreement.ToString()[..16]);
        Assert.True(RestartEvent.TryParse(Assert.Single(await BodiesAsync("exchange-restarted", agreement)), out var body));
        Assert.Equal((_provider.Partner, request.Reason), (body.Provider, body.Reason));

        RestartExchangeRequest Changed(Action<RestartExchangeRequest> change)
        {
            var changed = request.Clone();
            change(changed);
            return changed;
        }
    }

    [Fact]
    public async Task Server_WithOtherCertificateThanPinned_IsNotAsked()
    {
        using var partner = ActingPartner.Create(_federation.Root, "elsewhere");
        await using var impostor = await HostileProvider.StartAsync(partner, _other.Identity.TlsCertificate);
        await _node.PinAsync(partner.Card);
        var agreement = await partner.AgreeAsync(_node, Yaml.Everything("elsewhere", "atlantic"));
        await _node.Process.LoggedAsync(AgreementNotDelivered, agreement.ToString()[..16]);
        Assert.Equal(0, impostor.Calls);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        await _federation.DisposeAsync();
        _provider?.Dispose();
        _other?.Dispose();
    }

    private async Task<AgreementId> ServeAsync(string title, Action<HostileAnswer> spoil)
    {
        string yaml = Yaml.Of("caribbean", "atlantic", """
            grants:
              - id: radar
                record_classes: [observation]
                sensors: [RADAR]
                max_level: partners_only
                purposes: [research]
            """, title);
        var id = _provider.Sign(yaml, _provider.Card, _node.Card).Id;
        Serve(id, spoil);
        Assert.Equal(id, await _provider.AgreeAsync(_node, yaml));
        return id;
    }

    /// <summary>The same answer to each pull from now on.</summary>
    private void Serve(AgreementId agreement, Action<HostileAnswer> spoil)
    {
        var answer = new HostileAnswer(_provider, _node.Partner, agreement);
        spoil(answer);
        var made = answer.Make();
        _server.Answer(ByteString.CopyFrom(agreement.Value.ToArray()), _ => made);
    }

    private async Task<List<string>> RefusalsAsync(AgreementId agreement)
        => [.. (await BodiesAsync("refusal", agreement)).Select(Encoding.UTF8.GetString)];

    private Task<List<byte[]>> BodiesAsync(string kind, AgreementId agreement)
        => _node.ColumnAsync<byte[]>($"SELECT body FROM log_entry WHERE kind = '{kind}' AND agreement = '\\x{agreement}' ORDER BY index");

    private static ByteString PublicLabel() => new Protocol.Common.V1.Label { HandlingLevel = Protocol.Common.V1.HandlingLevel.Public, DataMode = Protocol.Common.V1.DataMode.Real }.ToByteString();

    private static ByteString OtherRange(ByteString payload)
    {
        var observation = Protocol.Observation.V1.Observation.Parser.ParseFrom(payload);
        observation.RangeKm += 1;
        return observation.ToByteString();
    }
}
