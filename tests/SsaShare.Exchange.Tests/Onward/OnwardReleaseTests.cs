using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

/// <summary>Atlantic holds a record of pacific's and would give it to caribbean: what both agreements and the terms carried so far say.</summary>
public sealed class OnwardReleaseTests
{
    private const string Three = "pacific, atlantic, caribbean";

    [Theory]
    [InlineData("", WithholdReason.OnwardNotGranted)]
    [InlineData(", onward: named, onward_to: [fusion]", WithholdReason.OnwardNotNamed)]
    [InlineData(", onward: named, onward_to: [caribbean]", WithholdReason.None)]
    [InlineData(", onward: same_tier", WithholdReason.None)]
    [InlineData(", onward: public", WithholdReason.None)]
    public void Allow_ByTheAgreementUnderWhichItIsHeld(string onward, WithholdReason reason)
        => Assert.Equal(reason, Reason(Chain.From(Sample.Pacific, Chain.Agree(Three, $"grants: [{{id: g{onward}}}]"))));

    [Theory]
    [InlineData(AgreementState.Suspended, WithholdReason.AgreementSuspended), InlineData(AgreementState.Revoked, WithholdReason.AgreementRevoked), InlineData(AgreementState.Superseded, WithholdReason.AgreementSuperseded)]
    public void Allow_OnceThatAgreementHasEnded_Nothing(AgreementState state, WithholdReason reason)
        => Assert.Equal(reason, Reason(Chain.From(Sample.Pacific, Chain.Agree(Three, "grants: [{id: g, onward: public}]"), state: state)));

    [Fact]
    public void Allow_GivesTheLeastOfAllTerms()
    {
        var agreement = Chain.Agree(Three + ", fusion", "grants: [{id: g, originators: [pacific], purposes: [fusion, research], onward: named, onward_to: [caribbean, fusion], onward_hops: 3, retention: 1d, derived_products_for: [atlantic, pacific]}]");
        Assert.Equal(new CarriedTerms(Purposes.Fusion | Purposes.Research, 2, [Sample.Caribbean, Chain.Fusion], [Sample.Atlantic, Sample.Pacific], Sample.Now.PlusSeconds(86_400)), Allow(Chain.From(Sample.Pacific, agreement)));
        var before = new CarriedTerms(Purposes.Fusion | Purposes.Enforcement, 2, [Sample.Caribbean], null, Sample.Now.PlusSeconds(60));
        Assert.Equal(new CarriedTerms(Purposes.Fusion, 1, [Sample.Caribbean], [Sample.Atlantic, Sample.Pacific], Sample.Now.PlusSeconds(60)), Allow(Chain.From(Chain.Fusion, agreement, before)));
    }

    [Fact]
    public void Allow_NoHopLeftOrNotNamedOrNoUseLeft_Nothing()
    {
        var agreement = Chain.Agree(Three, "grants: [{id: g, purposes: [research], onward: public, onward_hops: 8}]");
        Assert.Equal(WithholdReason.OnwardNotGranted, Reason(Chain.From(Sample.Pacific, agreement, new CarriedTerms(Purposes.Any, 0, [], null, null))));
        Assert.Equal(WithholdReason.OnwardNotNamed, Reason(Chain.From(Sample.Pacific, agreement, new CarriedTerms(Purposes.Any, 1, [Chain.Fusion], null, null))));
        Assert.Equal(WithholdReason.OnwardNotGranted, Reason(Chain.From(Sample.Pacific, agreement, new CarriedTerms(Purposes.Fusion, 1, null, null, null))));
    }

    [Fact]
    public void Allow_ADelayedGrant_WaitsHoweverEarlyTheRecordCame()
    {
        var held = Chain.From(Sample.Pacific, Chain.Agree(Three, "grants: [{id: now, to: [atlantic]}, {id: later, delay: 30d, onward: public}]"));
        Assert.NotEqual(WithholdReason.None, Reason(held));
        Assert.Equal(WithholdReason.None, Reason(held with { Published = Sample.Now.PlusSeconds(-30 * 86_400) }));
    }

    [Fact]
    public void Allow_WhatIsProhibitedInProductsForAReader_IsNotCarriedForThatReader()
    {
        var held = Chain.From(Sample.Pacific, Chain.Agree(Three, """
            grants: [{id: g, onward: public, derived_products_for: [atlantic, caribbean]}]
            prohibitions: [{id: p, objects: [5398], derived_products_for: [caribbean]}]
            """));
        Assert.Equal([Sample.Atlantic], Allow(held)!.DerivedProductsFor!.Value);
    }

    [Fact]
    public void Allow_WhatMustBeDeletedAtTheEnd_MustBeByTheNextHolderToo()
    {
        var held = Chain.From(Sample.Pacific, Chain.Agree(Three, "after_end: delete\ngrants: [{id: g, onward: public}]"));
        Assert.Equal(held.Agreement.Terms.ValidUntil, Allow(held)!.KeepUntil);
        Assert.Equal(WithholdReason.OnwardNotGranted, Reason(held with { Terms = new CarriedTerms(Purposes.Any, 3, null, null, Sample.Now) }));
    }

    [Fact]
    public void Allow_AlongAnyChain_NeverGivesMoreThanBefore()
    {
        var random = new Random(11);
        PartnerId[] partners = [Sample.Atlantic, Sample.Pacific, Sample.Caribbean, Chain.Fusion];
        for (int i = 0; i < 300; i++)
        {
            string audience = random.Next(3) switch { 0 => "public", 1 => "same_tier", _ => "named, onward_to: [caribbean, fusion]" };
            var agreement = Chain.Agree(Three, $"grants: [{{id: g, purposes: [fusion, research], onward: {audience}, onward_hops: {random.Next(1, 9)}, derived_products_for: [atlantic, fusion]}}]");
            var before = new CarriedTerms((Purposes)random.Next(1, 16), random.Next(0, 9), random.Next(2) == 0 ? null : Some(), random.Next(2) == 0 ? null : Some(), random.Next(2) == 0 ? null : Sample.Now.PlusSeconds(1));
            if (OnwardRelease.Allow(Sample.Record().Facts, Chain.From(Sample.Pacific, agreement, before), Sample.Atlantic, Sample.Caribbean, Sample.Now, out _) is not { } after) continue;
            Assert.True(before.HopsLeft > after.HopsLeft && before.Purposes.HasFlag(after.Purposes));
            Assert.True(before.KeepUntil is not { } until || after.KeepUntil <= until);
            Assert.All(partners, partner => Assert.True((!after.AllowsOnwardTo(partner) || before.AllowsOnwardTo(partner)) && (!after.AllowsDerivedFor(partner) || before.AllowsDerivedFor(partner))));
        }

        ImmutableArray<PartnerId> Some() => [.. partners.Where(_ => random.Next(2) == 0).OrderBy(partner => partner.Value, StringComparer.Ordinal)];
    }

    private static CarriedTerms? Allow(HeldUnder held) => OnwardRelease.Allow(Sample.Record().Facts, held, Sample.Atlantic, Sample.Caribbean, Sample.Now, out _);

    private static WithholdReason Reason(HeldUnder held)
    {
        var terms = OnwardRelease.Allow(Sample.Record().Facts, held, Sample.Atlantic, Sample.Caribbean, Sample.Now, out var reason);
        Assert.Equal(reason == WithholdReason.None, terms is not null);
        return reason;
    }
}
