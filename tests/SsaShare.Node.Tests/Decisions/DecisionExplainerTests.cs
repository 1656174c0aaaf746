using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using AgreementState = SsaShare.Agreements.AgreementState;
using ClauseEffect = SsaShare.Protocol.Admin.V1.ClauseEffect;

namespace SsaShare.Node.Tests;

/// <summary>Atlantic explains what it gives to pacific; some of it came from caribbean.</summary>
public sealed class DecisionExplainerTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific, _caribbean;
    private readonly MemoryFinder _finder = new();
    private Home _home = null!;
    private DecisionExplainer _explainer = null!;

    public DecisionExplainerTests()
        => (_atlantic, _pacific, _caribbean) = (Party.Create("atlantic", _time), Party.Create("pacific", _time), Party.Create("caribbean", _time));

    private Epoch Now => Utc.FromDateTime(_time.GetUtcNow());

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific, _caribbean);
        _explainer = new DecisionExplainer(_atlantic.Identity, _home.Book, _home.Directory, _finder, _finder, new RecordDegrader(_atlantic.Identity.DegradationKey), _time);
    }

    [Fact]
    public async Task Explain_AnOwnRecord_DecidesEachFormOfEachAgreementWithTheReader()
    {
        var agreement = await KeepAsync(Pact.Between([_atlantic, _pacific], _time, change: terms => terms with
        {
            DegradationProfiles = [Coarse],
            Grants = [Grant("late") with { Delay = TimeSpan.FromHours(6) }, Grant("early") with { Degradation = Coarse.Id, Purposes = Purposes.Fusion, Retention = TimeSpan.FromDays(3) }],
        }), _pacific);
        await KeepAsync(Pact.Between([_atlantic, _caribbean], _time, "Not with pacific"), _caribbean);
        var found = Own(ago: TimeSpan.FromHours(1));

        var explained = await ExplainAsync(found);

        var one = Assert.Single(explained.Agreements);
        Assert.Equal((agreement.Agreement.Id.Value.ToWire(), DecisionQuestion.Release), (one.AgreementId, one.Question));
        Assert.Equal(["full Withheld - NotYetDue", "coarse Degraded early fusion"], one.Forms.Select(Say));
        Assert.Equal(Timestamp.FromDateTimeOffset(_time.GetUtcNow().AddHours(5)), one.Forms[0].Due);
        Assert.Equal([("early", ClauseEffect.Grants, "coarse"), ("late", ClauseEffect.GrantsLater, "")], one.Clauses.Select(clause => (clause.Clause, clause.Effect, clause.Profile)));
        Assert.Equal(["originators", "record_classes", "delay"], one.Clauses[1].Selectors.Select(selector => selector.Name));
        Assert.Equal(TimeSpan.FromDays(3), one.Forms[1].Retention.ToTimeSpan());
        Assert.Equal(("", "atlantic", "5398"), (explained.Ways[0].ProviderId, explained.Record.OriginatorId, explained.Record.ObjectTag));
        Assert.Empty(explained.Notes);
        Assert.Empty(explained.Givings);
    }

    [Fact]
    public async Task Explain_WhatTheProfileLeavesNothingOf_SaysSo()
    {
        await KeepAsync(Pact.Between([_atlantic, _pacific], _time, change: terms => terms with
        {
            DegradationProfiles = [new DegradationProfile(Coarse.Id, new DegradationFigures(), [RemovedField.RangeRate])],
            Grants = [Grant("early") with { Degradation = Coarse.Id, Purposes = Purposes.Fusion }],
        }), _pacific);
        // The record has no range rate that could be taken out.
        Assert.Equal(["full Withheld - NotGranted", "coarse Withheld - NothingLeftToGive"], (await ExplainAsync(Own(TimeSpan.Zero))).Agreements[0].Forms.Select(Say));
    }

    [Fact]
    public async Task Explain_GivingsOfTheLedger_AreTheReadersAlone()
    {
        var agreement = await KeepAsync(Pact.Between([_atlantic, _pacific], _time), _pacific);
        var found = Own(TimeSpan.Zero);
        foreach (var receiver in (Party[])[_caribbean, _pacific])
            _finder.Givings.Add((found.PublicationId, found.Record.Index, new ReleasedTo(receiver.Partner, agreement.Agreement.Id, ReleaseForm.Degraded(Coarse.Id), Now, found.PublicationId)));
        var giving = Assert.Single((await ExplainAsync(found)).Givings);
        Assert.Equal(("coarse", agreement.Agreement.Id.Value.ToWire(), Timestamp.FromDateTimeOffset(_time.GetUtcNow())), (giving.Profile, giving.AgreementId, giving.Given));
    }

    [Theory]
    [InlineData(AgreementState.Proposed)]
    [InlineData(AgreementState.Active)]
    public async Task Explain_AnAgreementInAnyState_IsThere(AgreementState state)
    {
        var agreement = Pact.Between([_atlantic, _pacific], _time);
        await KeepAsync(agreement, state == AgreementState.Active ? [_pacific] : []);
        var one = Assert.Single((await ExplainAsync(Own(TimeSpan.Zero))).Agreements);
        Assert.Equal(state.ToWire(), one.State);
        Assert.Equal(state == AgreementState.Active ? "full Released all safety_of_flight fusion research enforcement" : "full Withheld - AgreementNotActive", Say(one.Forms[0]));
    }

    [Theory]
    [InlineData(true, true, "full Released relay", "full Released passed-on")]
    [InlineData(true, false, "full Released relay", "full Withheld - NotGranted")]
    [InlineData(false, true, "full Withheld - OnwardNotGranted", "full Released passed-on")]
    public async Task Explain_AReceivedRecord_SaysWhetherItMayBePassedOnAndWhetherTheReaderMayHaveIt(bool onward, bool granted, string byOnward, string byRelease)
    {
        var source = await KeepAsync(Pact.Between([_atlantic, _caribbean], _time, "From caribbean", terms => terms with
        {
            Grants = [Grant("relay") with { Onward = onward ? OnwardAudience.Named : OnwardAudience.None, OnwardTo = onward ? Selector.Of(_pacific.Partner) : default, OnwardHops = onward ? 2 : 1 }],
        }), _caribbean);
        await KeepAsync(Pact.Between([_atlantic, _pacific], _time, "To pacific", terms => terms with
        {
            Grants = [Grant("passed-on") with { Originators = granted ? Selector.Of(_caribbean.Partner) : default }],
        }), _pacific);
        var explained = await ExplainAsync(Received(source));
        Assert.Equal([DecisionQuestion.Onward, DecisionQuestion.Release], explained.Agreements.Select(one => one.Question));
        Assert.StartsWith(byOnward, Say(explained.Agreements[0].Forms[0]), StringComparison.Ordinal);
        Assert.StartsWith(byRelease, Say(explained.Agreements[1].Forms[0]), StringComparison.Ordinal);
        var relay = Assert.Single(explained.Agreements[0].Clauses);
        Assert.Equal(onward ? ("pacific", ClauseEffect.Grants) : ("nobody", ClauseEffect.None), (Assert.Single(relay.Selectors, selector => selector.Name == "onward").Wanted, relay.Effect));
        Assert.Equal(granted ? ClauseEffect.Grants : ClauseEffect.None, Assert.Single(explained.Agreements[1].Clauses).Effect);
        if (onward) Assert.Equal((2, "named partners"), (explained.Agreements[0].Forms[0].HopsMax, explained.Agreements[0].Forms[0].Audience));
        Assert.Equal("a received record is passed on only when both the agreement by which it came and one with the reader allow it", Assert.Single(explained.Notes));
    }

    [Theory]
    [InlineData("pacific", "full Released all fusion")]
    [InlineData("caribbean", "full Withheld - DerivedProductsNotGranted")]
    public async Task Explain_DerivedProducts_AreDecidedUnderTheAgreementByWhichTheRecordCame(string reader, string said)
    {
        var source = await KeepAsync(Pact.Between([_atlantic, _caribbean], _time, change: terms => terms with { Grants = [Grant("all") with { DerivedProductsFor = Selector.Of(_pacific.Partner) }] }), _caribbean);
        var one = Assert.Single((await ExplainAsync(Received(source), reader, derived: true)).Agreements);
        Assert.Equal((DecisionQuestion.Derived, said), (one.Question, Say(one.Forms[0])));
        Assert.Equal(one.Forms[0].Outcome == DecisionOutcome.Withheld ? ClauseEffect.None : ClauseEffect.Grants, Assert.Single(one.Clauses).Effect);
    }

    [Fact]
    public async Task Explain_OneAgreementOnly_LeavesOutTheOthers()
    {
        await KeepAsync(Pact.Between([_atlantic, _pacific], _time, "One"), _pacific);
        var other = await KeepAsync(Pact.Between([_atlantic, _pacific], _time, "Other"), _pacific);
        var unrelated = await KeepAsync(Pact.Between([_atlantic, _caribbean], _time, "Unrelated"), _caribbean);
        var found = Own(TimeSpan.Zero);
        Assert.Equal("Other", Assert.Single((await ExplainAsync(found, only: other)).Agreements).Title);
        Assert.Equal(["the agreement that was named has nothing to do with this"], (await ExplainAsync(found, only: unrelated)).Notes);
    }

    [Fact]
    public async Task Explain_WithoutAgreement_SaysSoPlainly()
    {
        Assert.Equal(["there is no agreement with pacific here: it gets nothing"], (await ExplainAsync(Own(TimeSpan.Zero))).Notes);
        Assert.Equal(["no node card of stranger is pinned here: it cannot ask", "there is no agreement with stranger here: it gets nothing"], (await ExplainAsync(Own(TimeSpan.Zero), "stranger")).Notes);
    }

    [Fact]
    public async Task Explain_WhenSeveralBeginAlike_NamesThem()
    {
        var (one, other) = (Own(TimeSpan.Zero), Own(TimeSpan.Zero));
        byte[] id = one.Id.ToArray();
        id[^1] ^= 1;
        var twin = one with { Record = one.Record with { Record = one.Record.Record with { Id = new RecordId(id) } } };
        _finder.Records.Add(twin);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => ExplainAsync(one, digits: 62));
        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Contains($"{one.Id}", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.Contains($"{twin.Id}", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain($"{other.Id}", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_WhatIsNotHere_IsNotFound()
    {
        var found = Own(TimeSpan.Zero);
        _finder.Records.Clear();
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => ExplainAsync(found))).StatusCode);
    }

    /// <summary>An originator may claim to have published at any time at all.</summary>
    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public async Task Explain_AnyTimeOfPublishing_IsAnswered(long publishedNs)
    {
        var source = await KeepAsync(Pact.Between([_atlantic, _caribbean], _time, "From caribbean"), _caribbean);
        await KeepAsync(Pact.Between([_atlantic, _pacific], _time, change: terms => terms with { Grants = [Grant("late") with { Delay = TimeSpan.FromHours(6), Originators = Selector.Of(_caribbean.Partner) }] }), _pacific);
        var explained = await ExplainAsync(Received(source, new Epoch(publishedNs)));
        Assert.Equal(publishedNs < 0 ? "full Released late safety_of_flight fusion research enforcement" : "full Withheld - NotYetDue", Say(explained.Agreements[1].Forms[0]));
    }

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        foreach (var party in (Party[])[_atlantic, _pacific, _caribbean]) party.Dispose();
        return ValueTask.CompletedTask;
    }

    private static DegradationProfile Coarse => new(ProfileId.TryParse("coarse", out var id) ? id : default, new DegradationFigures { RangeSigmaKm = 1 }, []);

    private static Grant Grant(string id) => new() { Id = Pact.Clause(id), RecordClasses = Selector.Of(RecordClass.Observation) };

    private static string Say(ExplainedForm form)
        => $"{(form.Profile.Length == 0 ? "full" : form.Profile)} {form.Outcome} {(form.Clause.Length == 0 ? "-" : form.Clause)} {(form.Reason.Length == 0 ? string.Join(' ', form.Purposes) : form.Reason)}";

    private FoundRecord Own(TimeSpan ago)
    {
        var publication = Sample.Publish(_atlantic, _time, Sample.Record(_atlantic.Partner));
        var found = new FoundRecord(publication.Records[0], publication.Document.Id, Now.Plus(-ago), null, null);
        _finder.Records.Add(found);
        return found;
    }

    private FoundRecord Received(BookEntry source, Epoch? published = null)
    {
        var publication = Sample.Publish(_caribbean, _time, Sample.Record(_caribbean.Partner));
        var found = new FoundRecord(publication.Records[0], publication.Document.Id, published ?? Now, _caribbean.Partner, source.Agreement.Id);
        _finder.Records.Add(found);
        return found;
    }

    private async Task<BookEntry> KeepAsync(Agreement agreement, params Party[] others)
    {
        var acceptance = await _home.Book.KeepAsync(agreement.SignedBy([_atlantic, .. others]), _atlantic.Partner, TestContext.Current.CancellationToken);
        return acceptance.Entry ?? throw new InvalidOperationException(acceptance.Fault);
    }

    private async Task<ExplainDecisionResponse> ExplainAsync(FoundRecord found, string reader = "pacific", BookEntry? only = null, bool derived = false, int digits = 64)
    {
        Assert.True(RecordIdPrefix.TryParse(found.Id.ToString()[..digits], out var prefix));
        return (await _explainer.ExplainAsync(prefix, PartnerId.Parse(reader), only, derived, TestContext.Current.CancellationToken)).ToWire();
    }
}
