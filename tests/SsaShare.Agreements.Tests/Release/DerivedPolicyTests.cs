using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

public sealed class DerivedPolicyTests
{
    private static readonly Agreement Granted = Fused("grants: [{id: g, purposes: [fusion], derived_products_for: [atlantic]}]");

    [Fact]
    public void DecideDerived_ReaderNamed_IsReleasedForFusion()
        => Assert.Equal("released by g for Fusion", Decide(Granted, Observation(), Atlantic).ToString());

    [Fact]
    public void DecideDerived_ReaderNotNamed_IsWithheldEvenFromTheProvider()
    {
        Assert.Equal(WithholdReason.DerivedProductsNotGranted, Decide(Granted, Observation(), Caribbean).Reason);
        Assert.Equal(WithholdReason.DerivedProductsNotGranted, Decide(Granted, Observation(), Pacific).Reason);
        Assert.Equal(WithholdReason.DerivedProductsNotGranted, Decide(Fused("grants: [{id: g}]"), Observation(), Atlantic).Reason);
    }

    [Fact]
    public void DecideDerived_NotForFusionOrNotAtAll_SaysWhich()
    {
        Assert.Equal(WithholdReason.NotGrantedForFusion, Decide(Fused("grants: [{id: g, purposes: [research]}]"), Observation(), Atlantic).Reason);
        Assert.Equal(WithholdReason.NotGranted, Decide(Fused("grants: [{id: g, record_classes: [ephemeris]}]"), Observation(), Atlantic).Reason);
    }

    [Fact]
    public void DecideDerived_Label_BindsRecipientAndReader()
    {
        Assert.Equal(WithholdReason.None, Decide(Granted, Observation(releasableTo: ["atlantic", "fusion"]), Atlantic).Reason);
        Assert.Equal(WithholdReason.NotReleasableTo, Decide(Granted, Observation(releasableTo: ["atlantic"]), Atlantic).Reason);
        Assert.Equal(WithholdReason.NotReleasableTo, Decide(Granted, Observation(releasableTo: ["fusion"]), Atlantic).Reason);
        Assert.Equal(WithholdReason.NotReleasableTo, Decide(Granted, Observation(), default).Reason);
    }

    [Fact]
    public void DecideDerived_ProhibitionForSomeReaders_HoldsForThemOnlyAndNotForTheRelease()
    {
        var agreement = Fused("grants: [{id: g, derived_products_for: [atlantic, caribbean]}]\nprohibitions: [{id: p, objects: [81900], derived_products_for: [caribbean]}]");
        Assert.Equal("withheld: Prohibited (p)", Decide(agreement, Observation(), Caribbean).ToString());
        Assert.True(Decide(agreement, Observation(), Atlantic).IsReleased);
        Assert.True(ReleasePolicy.Decide(Observation(), ReleaseForm.Full, agreement, AgreementState.Active, Pacific, Fusion, Now, TimeSpan.Zero).IsReleased);
    }

    [Fact]
    public void DecideDerived_ProhibitionOfTheRecord_HoldsForEveryProduct()
        => Assert.Equal("withheld: Prohibited (p)",
            Decide(Fused("grants: [{id: g, derived_products_for: [atlantic]}]\nprohibitions: [{id: p, objects: [81900]}]"), Observation(), Atlantic).ToString());

    [Fact]
    public void DecideDerived_AgreementNotActive_IsWithheld()
        => Assert.Equal(WithholdReason.AgreementSuspended,
            ReleasePolicy.DecideDerived(Observation(), ReleaseForm.Full, Granted, AgreementState.Suspended, Pacific, Fusion, Atlantic, Now).Reason);

    private static Agreement Fused(string clauses) => Between(clauses, parties: "pacific, fusion");

    private static ReleaseDecision Decide(Agreement agreement, RecordFacts facts, PartnerId reader)
        => ReleasePolicy.DecideDerived(facts, ReleaseForm.Full, agreement, AgreementState.Active, Pacific, Fusion, reader, Now);
}
