using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

/// <summary>Atlantic has a record from pacific and asks about caribbean.</summary>
public sealed class RecordInquiryTests
{
    private static readonly RecordInquiry Inquiry = new(Sample.Atlantic, Sample.Caribbean, SimulatedPact.Now, new SimulatedPact());

    /// <summary>Where every clause is about every use, a record goes exactly when some grant is read as granting and no prohibition as holding back.</summary>
    [Fact]
    public void Clauses_OfAnyAgreement_AgreeWithWhatIsDecided()
    {
        int seed = Random.Shared.Next(), allowed = 0, refused = 0;
        var random = new Random(seed);
        for (int i = 0; i < 300; i++)
        {
            var agreement = SimulatedPact.Fix(RandomClauses(random));
            var way = Received(random.Next(3) == 0 ? "7734" : "5398", agreement);
            foreach (var answer in (AgreementAnswer[])[Inquiry.Onward(way, agreement, AgreementState.Active), Inquiry.Derived(way, agreement, AgreementState.Active)])
            {
                bool read = answer.Clauses.Any(clause => clause is { IsGrant: true, Effect: ClauseEffect.Grants }) && !answer.Clauses.Any(clause => !clause.IsGrant && clause.Effect != ClauseEffect.None);
                var form = Assert.Single(answer.Forms);
                Assert.True(form.IsReleased == read, $"seed {seed}, round {i}: {answer.Question} is {form}, but read as\n{string.Join('\n', answer.Clauses)}");
                if (read) allowed++;
                else refused++;
            }
        }
        Assert.True(allowed > 50 && refused > 50, $"{allowed} allowed, {refused} refused");
    }

    [Fact]
    public void Release_OfADegradedRecord_IsNotDegradedAgain()
    {
        var agreement = SimulatedPact.Fix(SimulatedPact.Delayed);
        var published = SimulatedPact.Publish(TimeSpan.FromDays(2), SimulatedPact.Record()).Records[0];
        var coarse = agreement.Forms[1];
        var degraded = published with { Record = published.Record with { Facts = published.Record.Facts with { Form = coarse, DegradedUnder = Sample.Agreement } } };
        var way = Received("5398", agreement) with { Record = degraded };
        Assert.Equal([ReleaseForm.Full], Inquiry.Release(way, agreement, AgreementState.Active).Forms.Select(form => form.Form));
        Assert.Equal(ReleaseForm.Full, Inquiry.Onward(way, agreement, AgreementState.Active).Forms[0].Form);
        var own = way with { Record = degraded with { Record = degraded.Record with { Facts = degraded.Record.Facts with { DegradedUnder = agreement.Id } } } };
        Assert.Equal(coarse, Inquiry.Onward(own, agreement, AgreementState.Active).Forms[0].Form);
    }

    [Fact]
    public void Questions_AboutARecordThatWasNoticed_AreAllRefused()
    {
        var agreement = SimulatedPact.Fix("grants:\n  - id: all\n    onward: public\n    derived_products_for: [caribbean]");
        var way = Received("5398", agreement);
        AgreementAnswer[] Ask(FoundRecord asked) => [Inquiry.Onward(asked, agreement, AgreementState.Active), Inquiry.Derived(asked, agreement, AgreementState.Active)];
        Assert.All(Ask(way), answer => Assert.True(answer.Forms[0].IsReleased));
        Assert.All(Ask(way with { IsClosed = true }).Append(Inquiry.Release(way with { IsClosed = true }, agreement, AgreementState.Active)), answer => Assert.All(answer.Forms, form => Assert.Equal((false, WithholdReason.Noticed), (form.IsReleased, form.Reason))));
    }

    /// <summary>The record may be here by the first grant; for products the second decides, and waits.</summary>
    [Fact]
    public void Derived_FromADelayedGrant_WaitsAndSaysUntilWhen()
    {
        var agreement = SimulatedPact.Fix("grants:\n  - id: study\n    purposes: [research]\n  - id: show\n    purposes: [fusion]\n    derived_products_for: [caribbean]\n    delay: 24h");
        var way = Received("5398", agreement);
        AgreementAnswer Ask(double hoursAgo) => Inquiry.Derived(way with { Published = SimulatedPact.Now.PlusSeconds(-3600 * hoursAgo) }, agreement, AgreementState.Active);
        var waiting = Ask(1);
        Assert.Equal((false, WithholdReason.NotYetDue, SimulatedPact.Now.PlusSeconds(3600 * 23)), (waiting.Forms[0].IsReleased, waiting.Forms[0].Reason, waiting.Forms[0].Due));
        Assert.DoesNotContain(waiting.Clauses, clause => clause is { IsGrant: true, Effect: ClauseEffect.Grants });
        Assert.True(Ask(24).Forms[0].IsReleased);
    }

    /// <summary>Two agreements and what the record brought along must all allow it.</summary>
    [Fact]
    public void Questions_AboutARecordThatCameWithTerms_AreBoundByThem()
    {
        var agreement = SimulatedPact.Fix("grants:\n  - id: all\n    onward: public\n    onward_hops: 5\n    derived_products_for: [caribbean]");
        var way = Received("5398", agreement);
        FoundRecord With(int hops, params PartnerId[] readers) => way with { Record = way.Record with { Terms = SealedTerms.Seal(new CarriedTerms(Purposes.Fusion, hops, null, [.. readers], null)) } };
        FormAnswer Onward(FoundRecord asked) => Inquiry.Onward(asked, agreement, AgreementState.Active).Forms[0];
        Assert.Equal((5, Purposes.Any), (Onward(way).HopsMax, Onward(way).Purposes));
        Assert.Equal((2, Purposes.Fusion), (Onward(With(2)).HopsMax, Onward(With(2)).Purposes));
        Assert.Equal((false, WithholdReason.OnwardNotGranted), (Onward(With(0)).IsReleased, Onward(With(0)).Reason));
        Assert.True(Inquiry.Derived(With(0, Sample.Caribbean), agreement, AgreementState.Active).Forms[0].IsReleased);
        Assert.Equal(WithholdReason.DerivedProductsNotGranted, Inquiry.Derived(With(0), agreement, AgreementState.Active).Forms[0].Reason);
        Assert.Equal(WithholdReason.RecipientHasIt, Onward(way with { Provider = Sample.Caribbean }).Reason);
    }

    [Fact]
    public void Onward_OfAnOwnRecord_IsNoQuestion()
    {
        var agreement = SimulatedPact.Fix(SimulatedPact.Delayed);
        var own = Received("5398", agreement) with { Provider = null, Agreement = null };
        Assert.Throws<ArgumentException>(() => Inquiry.Onward(own, agreement, AgreementState.Active));
        Assert.Throws<ArgumentException>(() => Inquiry.Derived(own, agreement, AgreementState.Active));
    }

    private static FoundRecord Received(string tag, Agreement agreement)
    {
        var publication = SimulatedPact.Publish(TimeSpan.FromHours(1), SimulatedPact.Record(tag));
        return new FoundRecord(publication.Records[0], publication.Document.Id, SimulatedPact.Now, Sample.Pacific, agreement.Id);
    }

    private static readonly string[] Names = ["red", "green", "blue", "black", "white"];

    private static string RandomClauses(Random random)
    {
        string[] onward = ["", "onward: public", "onward: named\n    onward_to: [caribbean]", "onward: named\n    onward_to: [arctic]", "onward: same_tier"];
        string[] derived = ["", "derived_products_for: [caribbean]", "derived_products_for: [arctic]"];
        string[] tags = ["", "objects: [\"5398\"]", "objects: [\"7734\"]"], between = ["", "from: [pacific]", "to: [atlantic]"];
        int named = 0;
        var clauses = new List<string> { "grants:" };
        for (int i = random.Next(1, 4); i > 0; i--) Add("grant", onward, derived, tags, between);
        clauses.Add("prohibitions:");
        for (int i = random.Next(1, 3); i > 0; i--) Add("never", derived, tags[1..], between);
        return string.Join('\n', clauses);

        void Add(string kind, params string[][] choices)
        {
            clauses.Add($"  - id: {kind}-{Names[named++]}");
            clauses.AddRange(choices.Select(choice => choice[random.Next(choice.Length)]).Where(line => line.Length > 0).Select(line => $"    {line}"));
        }
    }
}
