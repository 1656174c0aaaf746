using System.Diagnostics;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Protocol.Exchange.V1;
using AgreementState = SsaShare.Protocol.Agreement.V1.AgreementState;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>Suspend, resume, supersede, revoke.</summary>
public sealed partial class AgreementLifeTests
{
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(2);
    private IReadOnlyList<LifeRecord> _caught = [], _whileSuspended = [];
    private LifeAgreement _narrower = null!;

    /// <summary>Pacific, the borrower, suspends; what it has stays, and neither more of it comes nor does any go on from there, though Caribbean asks.</summary>
    private async Task SuspendAsync()
    {
        await Caribbean.Process.DisposeAsync();
        _caught = await LendAsync("caught on its way by a suspension", "50001");
        await _life.AssertHoldsAsync(Pacific);
        await ChangeAsync(Pacific, _lend, AgreementEvent.Suspend);
        foreach (var party in _lend.Parties) await Life.StateIsAsync(party, _lend, AgreementState.Suspended);
        _lend.Status = StatusCode.FailedPrecondition;
        Holdings.SetServed(Pacific, _passOn, false);
        _whileSuspended = await PublishAsync(Atlantic, "published while suspended", _label, ("RADAR", "50001", 2));
        await Caribbean.StartAsync();
        await Eventually.TrueAsync(async () => (await Caribbean.Admin.GetStatusAsync(new())).Peers.Any(peer => peer is { PartnerId: "pacific", LastSuccess: not null }), "caribbean has pulled from pacific");
    }

    /// <summary>Atlantic cannot resume what Pacific has suspended; Pacific can, and what was published meanwhile flows.</summary>
    private async Task ResumeAsync()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => ChangeAsync(Atlantic, _lend, AgreementEvent.Resume));
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        await ChangeAsync(Pacific, _lend, AgreementEvent.Resume);
        foreach (var party in _lend.Parties) await Life.StateIsAsync(party, _lend, AgreementState.Active);
        _lend.Status = StatusCode.OK;
        Holdings.SetServed(Pacific, _passOn, true);
        Holdings.Give(_whileSuspended, Atlantic, _lend, Pacific);
        foreach (var records in new[] { _caught, _whileSuspended }) Holdings.Give(records, Pacific, _passOn, Caribbean);
    }

    /// <summary>The successor grants one object to one reader: what it grants comes once more under it, and nothing else flows.</summary>
    private async Task SupersedeAsync()
    {
        _narrower = await _life.AgreeAsync("narrower", LifeYaml.Narrower(_accord.Hex), Atlantic, Pacific, Caribbean, Arctic);
        foreach (var party in _accord.Parties) await Life.StateIsAsync(party, _accord, AgreementState.Superseded);
        _accord.Status = StatusCode.FailedPrecondition;
        Holdings.Give(Holdings.Records.Where(IsInNarrower).ToList(), Atlantic, _narrower, Pacific);
        foreach (var reader in new[] { Pacific, Arctic }) Holdings.Give(_atlanticSensors, Atlantic, _narrower, reader);

        Holdings.Give(await PublishAsync(Atlantic, "granted by the successor", _label, ("RADAR", "5398", 2)), Atlantic, _narrower, Pacific);
        await PublishAsync(Atlantic, "granted no more", _label, ("RADAR", "7734", 2));
        await PublishAsync(Atlantic, "test granted no more", _label with { Mode = DataMode.Test }, ("RADAR", "5398", 2));
        await PublishAsync(Pacific, "of pacific, granted no more", _label, ("RADAR", "5398", 2));
    }

    /// <summary>Atlantic revokes while it publishes, one reader receives and another waits in the middle of a pull.</summary>
    private async Task RevokeByProviderAsync()
    {
        // The test waits in Arctic's place, whose node would take the turn.
        await Arctic.Process.DisposeAsync();
        using var publishing = new CancellationTokenSource();
        var files = PublishUntilAsync(publishing.Token);
        await Eventually.TrueAsync(async () => (await HeldRecord.ListAsync(Pacific)).Any(held => held.Record?.Facts.ObjectTag == "5398" && held.Record.Facts.Sensor?.Value == "LATE"), "pacific receives what is published now");

        var (answer, _) = await _life.Wire.PullAsync(Atlantic, Arctic, new PullRequest { AgreementId = _narrower.Id, RecordsMax = 10_000 });
        var waiting = _life.Wire.PullAsync(Atlantic, Arctic, new PullRequest
        {
            AgreementId = _narrower.Id, RecordsMax = 10_000, Cursor = Google.Protobuf.ByteString.CopyFrom(answer.Cursor.Span), WaitMax = Duration.FromTimeSpan(TimeSpan.FromSeconds(50)),
        });
        Assert.False(waiting.IsCompleted);
        long started = Stopwatch.GetTimestamp();
        var revoked = Now;
        await ChangeAsync(Atlantic, _narrower, AgreementEvent.Revoke);
        var ended = await Assert.ThrowsAsync<RpcException>(() => waiting);
        Assert.Equal(StatusCode.FailedPrecondition, ended.StatusCode);
        await AssertStopsAsync("revoked by the provider", Atlantic, Arctic, _narrower, started);
        _narrower.Status = StatusCode.FailedPrecondition;

        await Task.Delay(StopsWithin);
        await publishing.CancelAsync();
        await TakeLateAsync(await files, revoked);
        await Arctic.StartAsync();
        foreach (var party in _narrower.Parties) await Life.StateIsAsync(party, _narrower, AgreementState.Revoked);
    }

    /// <summary>A reader revokes, and the provider stops for all.</summary>
    private async Task RevokeByReaderAsync()
    {
        long started = Stopwatch.GetTimestamp();
        await ChangeAsync(Caribbean, _precise, AgreementEvent.Revoke);
        await AssertStopsAsync("revoked by a reader", Atlantic, Pacific, _precise, started);
        _precise.Status = StatusCode.FailedPrecondition;
        foreach (var party in _precise.Parties) await Life.StateIsAsync(party, _precise, AgreementState.Revoked);
        var refused = await Assert.ThrowsAsync<RpcException>(() => ChangeAsync(Atlantic, _precise, AgreementEvent.Resume));
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        await PublishAsync(Atlantic, "after the end", _label, ("RADAR", "40001", 2));
    }

    /// <summary>Atlantic revokes what it had lent: Pacific passes on no more of it, under an agreement to which Atlantic is no party.</summary>
    private async Task RevokeAtTheSourceAsync()
    {
        long started = Stopwatch.GetTimestamp();
        await ChangeAsync(Atlantic, _lend, AgreementEvent.Revoke);
        _lend.Status = StatusCode.FailedPrecondition;
        Holdings.SetServed(Pacific, _passOn, false);
        foreach (var reader in new[] { Caribbean, Arctic })
            await Eventually.IsAsync(() => _life.DifferenceOnWireAsync(Pacific, reader, _passOn), difference => difference.Length == 0, $"what pacific passes on to {reader.Partner}");
        AssertSoon("revoked at the source", started);
        foreach (var party in _lend.Parties) await Life.StateIsAsync(party, _lend, AgreementState.Revoked);
    }

    private static async Task ChangeAsync(ScenarioNode node, LifeAgreement agreement, AgreementEvent happening)
        => await node.Admin.ChangeAgreementAsync(new() { AgreementId = agreement.Id, Event = happening, Reason = $"{happening} as the life goes" });

    /// <summary>Asks until it is refused, which must be soon.</summary>
    private async Task AssertStopsAsync(string what, ScenarioNode provider, ScenarioNode reader, LifeAgreement agreement, long started)
    {
        while (true)
        {
            try
            {
                await _life.Wire.PullAsync(provider, reader, new PullRequest { AgreementId = agreement.Id, RecordsMax = 1 });
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.FailedPrecondition)
            {
                AssertSoon(what, started);
                return;
            }
        }
    }

    private static void AssertSoon(string what, long started)
    {
        var elapsed = Stopwatch.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: served no more after {elapsed.TotalMilliseconds:f0} ms");
        Assert.True(elapsed < StopsWithin, $"{what}: still served after {elapsed}.");
    }

    private async Task<List<(IReadOnlyList<LifeRecord> Records, DateTimeOffset After)>> PublishUntilAsync(CancellationToken stop)
    {
        await Atlantic.PublishSensorsAsync("LATE");
        Holdings.Give(await Holdings.TakeAsync(Atlantic, "sensor LATE of atlantic"), Atlantic, _narrower, Pacific);
        var published = new List<(IReadOnlyList<LifeRecord>, DateTimeOffset)>();
        while (!stop.IsCancellationRequested)
        {
            var after = Now;
            published.Add((await PublishAsync(Atlantic, string.Create(CultureInfo.InvariantCulture, $"late {published.Count}"), _label, ("LATE", "5398", 2)), after));
            await Task.Delay(50, CancellationToken.None);
        }
        return published;
    }

    /// <summary>What Pacific has got stays there; it was published before serving had to stop, and what was published after that did not come.</summary>
    private async Task TakeLateAsync(List<(IReadOnlyList<LifeRecord> Records, DateTimeOffset After)> published, DateTimeOffset revoked)
    {
        var held = (await HeldRecord.ListAsync(Pacific)).Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var (came, stayed) = (0, 0);
        foreach (var (records, after) in published)
        {
            int there = records.Count(record => held.Contains(record.Record.Id.ToString()));
            Assert.True(there == 0 || there == records.Count, $"{there} of the {records.Count} records of one publication came.");
            Assert.False(there > 0 && after > revoked + StopsWithin, $"What was published {after - revoked} after the revocation came.");
            if (there > 0) Holdings.Give(records, Atlantic, _narrower, Pacific);
            if (there > 0) came++;
            else stayed++;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{came} publications came before the end, {stayed} did not come after it");
        Assert.True(came > 0 && stayed > 0);
    }

    private bool IsInNarrower(LifeRecord record)
        => record.Record.Facts is { Class: RecordClass.Observation, ObjectTag: "5398", Label: { Mode: DataMode.Real, Level: <= HandlingLevel.PartnersOnly } label }
            && record.Originator == Atlantic.Partner && label.ReleasableTo?.Contains("pacific") != false && !Holdings.IsWithdrawn(record);
}
