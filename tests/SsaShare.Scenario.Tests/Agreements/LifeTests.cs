using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Protocol.Agreement.V1;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>Suspending, resuming and revoking between nodes that are processes: what flows, what stops, and what both logs say of it.</summary>
public sealed class LifeTests(TestCluster cluster) : IAsyncLifetime
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);
    private readonly Random _random = new(Seed.Next());
    private ScenarioFederation _federation = null!;
    private ScenarioNode _atlantic = null!, _pacific = null!;
    private ByteString _agreement = ByteString.Empty;

    public async ValueTask InitializeAsync()
    {
        _federation = new ScenarioFederation(cluster);
        (_atlantic, _pacific) = (await _federation.AddAsync("atlantic"), await _federation.AddAsync("pacific"));
        await _federation.StartAsync();
        await _atlantic.PublishSensorsAsync("RADAR");
        _agreement = await ScenarioFederation.AgreeAsync(Yaml.Everything("atlantic", "pacific"), _atlantic, _pacific);
    }

    [Fact]
    public async Task Suspend_Resume_Revoke_StopAndLetFlow()
    {
        long flowed = await FlowsAsync();

        // The receiver suspends, with the program as its operator would; the provider adds its own.
        await ChangeByProgramAsync(_pacific, "suspend", "RADAR in doubt");
        await BecomesAsync(AgreementState.Suspended);
        await _atlantic.Admin.ChangeAgreementAsync(Change(AgreementEvent.Suspend));
        await NothingFlowsAsync(flowed);

        // One resumption of two is not enough.
        await ChangeByProgramAsync(_pacific, "resume", "RADAR trusted again");
        await Eventually.TrueAsync(async () => (await SummaryAsync(_atlantic)).SuspendedBy.SequenceEqual(["atlantic"]), "atlantic's suspension is left alone");
        await NothingFlowsAsync(flowed);
        await _atlantic.Admin.ChangeAgreementAsync(Change(AgreementEvent.Resume));
        await BecomesAsync(AgreementState.Active);
        // What was published meanwhile was delayed, not lost.
        await Eventually.TrueAsync(async () => await RecordsAsync(_pacific) == await RecordsAsync(_atlantic), "what was published while it was suspended");
        flowed = await FlowsAsync();

        await ChangeByProgramAsync(_atlantic, "revoke", "another treaty");
        await BecomesAsync(AgreementState.Revoked);
        await NothingFlowsAsync(flowed);
        var refused = await SsaProcess.RunAsync(["agreement", "resume", Id, "--reason", "Sorry.", "--dir", _atlantic.Folder.Path]);
        Assert.Equal((5, true), (refused.ExitCode, refused.Errors.Contains("final", StringComparison.Ordinal)));
        var shown = await SsaProcess.RunAsync(["agreement", "show", Id, "--dir", _pacific.Folder.Path]);
        Assert.Contains("atlantic (3): Revoke, \"another treaty\"", shown.Output, StringComparison.Ordinal);

        string[] kinds = ["pacific 1 suspend", "pacific 2 resume", "atlantic 1 suspend", "atlantic 2 resume", "atlantic 3 revoke"];
        foreach (var node in new[] { _atlantic, _pacific })
        {
            Assert.Equal(kinds.Order(StringComparer.Ordinal), (await node.ColumnAsync<string>(
                "SELECT party || ' ' || sequence || ' ' || (convert_from(document, 'UTF8')::json ->> 'event') FROM agreement_transition")).Order(StringComparer.Ordinal));
            Assert.Equal(5L, await node.ScalarAsync<long>("SELECT count(*) FROM log_entry WHERE kind = 'agreement-transition'"));
            await Ledger.AssertSoundAsync(node, checkpoints: node == _atlantic);
            await Evidence.AssertVerifiesAsync(node, _federation);
        }
    }

    [Fact]
    public async Task Revoke_WhileRecordsFlow_StopsThemWithinTwoSeconds()
    {
        // Small files without end, so that there is always something to give.
        using var enough = new CancellationTokenSource();
        var publishing = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested) await _atlantic.PublishAsync(TdmFile.Random(20, _random));
        });
        await Eventually.IsAsync(() => RecordsAsync(_pacific), count => count > 200, "records flow");

        long revoked = Stopwatch.GetTimestamp();
        await _atlantic.Admin.ChangeAgreementAsync(Change(AgreementEvent.Revoke));
        await Task.Delay(Promise - Stopwatch.GetElapsedTime(revoked));
        long received = await RecordsAsync(_pacific), given = await GivenAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
        await enough.CancelAsync();
        await publishing;
        Assert.Equal((received, given), (await RecordsAsync(_pacific), await GivenAsync()));
        Assert.True(await RecordsAsync(_atlantic) > received, "Nothing was published after the revocation.");
        // In the log nothing at all is given after it.
        Assert.Equal(0L, await _atlantic.ScalarAsync<long>(
            "SELECT count(*) FROM log_entry WHERE kind = 'manifest-issued' AND index > (SELECT min(index) FROM log_entry WHERE kind = 'agreement-transition')"));
        await BecomesAsync(AgreementState.Revoked);
        await Evidence.AssertVerifiesAsync(_atlantic, _federation);
    }

    [Fact]
    public async Task Revoke_WhileAPullWaits_EndsItAtBothNodesWithinTwoSeconds()
    {
        using var caribbean = ActingPartner.Create(_federation.Root, "caribbean");
        await _atlantic.PinAsync(caribbean.Card);
        var id = await caribbean.AgreeAsync(_atlantic, Yaml.Everything("atlantic", "caribbean"));
        var agreement = ByteString.CopyFrom(id.Value.ToArray());
        var client = caribbean.Exchange(_atlantic);
        var before = await client.PullAsync(Pull(agreement, ByteString.Empty));
        var waiting = client.PullAsync(Pull(agreement, before.Cursor, wait: 60)).ResponseAsync;
        await Task.Delay(500);
        Assert.False(waiting.IsCompleted);

        long revoked = Stopwatch.GetTimestamp();
        await _atlantic.Admin.ChangeAgreementAsync(new() { AgreementId = agreement, Event = AgreementEvent.Revoke, Reason = "A test." });
        var refusal = await Assert.ThrowsAsync<RpcException>(() => waiting);
        Assert.InRange(Stopwatch.GetElapsedTime(revoked), TimeSpan.Zero, Promise);
        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Contains("AgreementRevoked", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_NodeKilledBeforeItCouldTellAnybody_ArrivesAllTheSame()
    {
        // The peer is away when it is revoked; the revoker dies before it has told anybody, and comes back.
        await _pacific.Process.KillAsync();
        await _atlantic.Admin.ChangeAgreementAsync(Change(AgreementEvent.Revoke));
        await _atlantic.Process.KillAsync();
        foreach (var node in new[] { _atlantic, _pacific })
        {
            await node.Process.DisposeAsync();
            node.Launch();
        }
        foreach (var node in new[] { _atlantic, _pacific }) await node.Process.WaitReadyAsync();
        await BecomesAsync(AgreementState.Revoked);
        await Eventually.TrueAsync(async () => (await _atlantic.Admin.GetAgreementAsync(new() { AgreementId = _agreement })).Transitions.Single().AcknowledgedBy.SequenceEqual(["pacific"]), "acknowledged");
        foreach (var node in new[] { _atlantic, _pacific })
        {
            Assert.Equal(1L, await node.ScalarAsync<long>("SELECT count(*) FROM agreement_transition"));
            await Evidence.AssertVerifiesAsync(node, _federation);
        }
    }

    [Fact]
    public async Task Transition_ForgedOrOutOfPlace_IsRefusedAndLogged()
    {
        using var caribbean = ActingPartner.Create(_federation.Root, "caribbean");
        await _atlantic.PinAsync(caribbean.Card);
        var client = new AgreementService.AgreementServiceClient(caribbean.Open(_atlantic, caribbean.Identity.TlsCertificate));
        // Of the agreement between others nothing is said; in another's name nothing is taken.
        Assert.Equal(StatusCode.NotFound, await DeliverAsync(client, Transitions.Sign(caribbean.Key, _agreement, "caribbean", 1, "revoke")));
        Assert.Equal(StatusCode.PermissionDenied, await DeliverAsync(client, Transitions.Sign(caribbean.Key, _agreement, "pacific", 1, "revoke")));

        var own = ByteString.CopyFrom((await caribbean.AgreeAsync(_atlantic, Yaml.Everything("atlantic", "caribbean"))).Value.ToArray());
        Assert.Equal(StatusCode.FailedPrecondition, await DeliverAsync(client, Transitions.Sign(caribbean.Key, own, "caribbean", 2, "resume")));
        Assert.Equal(StatusCode.OK, await DeliverAsync(client, Transitions.Sign(caribbean.Key, own, "caribbean", 1, "suspend")));
        Assert.Equal(StatusCode.PermissionDenied, await DeliverAsync(client, Transitions.Sign(caribbean.Key, own, "caribbean", 1, "revoke")));
        Assert.Equal(StatusCode.InvalidArgument, await DeliverAsync(client, Transitions.Sign(caribbean.Key, own, "caribbean", 2, "expire")));
        Assert.Equal(AgreementState.Active, (await SummaryAsync(_atlantic)).State);
        Assert.NotEqual(0L, await _atlantic.ScalarAsync<long>("SELECT count(*) FROM log_entry WHERE kind = 'refusal' AND convert_from(body, 'UTF8')::json ->> 'what' = 'agreement-transition'"));
    }

    public async ValueTask DisposeAsync() => await _federation.DisposeAsync();

    private string Id => Convert.ToHexStringLower(_agreement.Span);

    private static async Task<StatusCode> DeliverAsync(AgreementService.AgreementServiceClient client, Protocol.Common.V1.SignedDocument transition)
    {
        try
        {
            await client.DeliverTransitionAsync(new() { Transition = transition });
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    private static PullRequest Pull(ByteString agreement, ByteString cursor, int wait = 0)
        => new() { AgreementId = agreement, Cursor = cursor, RecordsMax = 1_000, WaitMax = new() { Seconds = wait } };

    private static Task<long> RecordsAsync(ScenarioNode node) => node.ScalarAsync<long>("SELECT count(*) FROM record");

    private Task<long> GivenAsync() => _atlantic.ScalarAsync<long>("SELECT count(*) FROM manifest_issued");

    private ChangeAgreementRequest Change(AgreementEvent happening) => new() { AgreementId = _agreement, Event = happening, Reason = "A test." };

    private async Task ChangeByProgramAsync(ScenarioNode node, string word, string reason)
    {
        var end = await SsaProcess.RunAsync(["agreement", word, Id, "--reason", reason, "--dir", node.Folder.Path]);
        Assert.True(end.ExitCode == 0, end.ToString());
    }

    private async Task<AgreementSummary> SummaryAsync(ScenarioNode node) => (await node.Admin.ListAgreementsAsync(new())).Agreements.Single(one => one.AgreementId == _agreement);

    private async Task BecomesAsync(AgreementState state)
    {
        foreach (var node in new[] { _atlantic, _pacific })
            await Eventually.TrueAsync(async () => (await SummaryAsync(node)).State == state, $"{state} at {node.Partner}");
    }

    /// <summary>Publishes and waits until it has come.</summary>
    /// <returns>Records at the receiver.</returns>
    private async Task<long> FlowsAsync()
    {
        await _atlantic.PublishAsync(TdmFile.Random(5, _random));
        long published = await RecordsAsync(_atlantic);
        await Eventually.TrueAsync(async () => await RecordsAsync(_pacific) == published, "published records arrive");
        return published;
    }

    /// <summary>Publishes and sees that nothing of it comes, longer than pulls and their pauses last.</summary>
    private async Task NothingFlowsAsync(long before)
    {
        await _atlantic.PublishAsync(TdmFile.Random(5, _random));
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Equal(before, await RecordsAsync(_pacific));
    }
}
