using SsaShare.Agreements;

namespace SsaShare.Peering.Tests;

public sealed class BookEntryTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific, _caribbean;

    public BookEntryTests()
        => (_atlantic, _pacific, _caribbean) = (Party.Create("atlantic", _time), Party.Create("pacific", _time), Party.Create("caribbean", _time));

    [Theory]
    [InlineData("atlantic", "pacific", true)]
    [InlineData("pacific", "atlantic", true)]
    [InlineData("atlantic", "caribbean", true)]
    [InlineData("caribbean", "atlantic", false)]
    [InlineData("caribbean", "pacific", false)]
    [InlineData("atlantic", "atlantic", false)]
    [InlineData("atlantic", "stranger", false)]
    public void Grants_ToEverybody_IsFalseFromAPartyThatOnlyReceives(string provider, string recipient, bool grants)
    {
        var entry = Entry(new Grant { Id = Pact.Clause("all") });
        Assert.Equal(grants, entry.Grants(Domain.PartnerId.Parse(provider), Domain.PartnerId.Parse(recipient)));
    }

    [Theory]
    [InlineData("atlantic", "pacific", true)]
    [InlineData("atlantic", "caribbean", false)]
    [InlineData("pacific", "atlantic", false)]
    public void Grants_BetweenTiers_IsTrueForTheirPartiesOnly(string provider, string recipient, bool grants)
    {
        var entry = Entry(new Grant { Id = Pact.Clause("full-to-partial"), FromTiers = Selector.Of(CapabilityTier.Full), ToTiers = Selector.Of(CapabilityTier.Partial) });
        Assert.Equal(grants, entry.Grants(Domain.PartnerId.Parse(provider), Domain.PartnerId.Parse(recipient)));
    }

    public void Dispose()
    {
        foreach (var party in new[] { _atlantic, _pacific, _caribbean }) party.Dispose();
    }

    /// <summary>Atlantic takes part fully, pacific partially, caribbean only receives.</summary>
    private BookEntry Entry(Grant grant)
    {
        Party[] parties = [_atlantic, _pacific, _caribbean];
        var terms = Pact.Between(parties, _time).Terms with { Grants = [grant] };
        var draft = new AgreementDraft([new(_atlantic.Partner), new(_pacific.Partner, CapabilityTier.Partial), new(_caribbean.Partner, CapabilityTier.ReceiveOnly)], terms);
        var agreement = Agreement.Fix(draft, partner => parties.First(party => party.Partner == partner).Card);
        var envelope = agreement.SignedBy(parties);
        return new BookEntry(envelope, envelope.Verify([.. parties.Select(party => party.Card.Card)]), AgreementState.Active);
    }
}
