using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

/// <summary>The demo federation's agreements say what their comments say.</summary>
public sealed class SeedTests
{
    [Fact]
    public void Seeds_Each_IsAnAgreementOfTheTwoPartnersThatItsNameNames()
    {
        string[] files = [.. Directory.GetFiles(SeedFolder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];
        Assert.Equal(["atlantic-caribbean", "atlantic-fusion", "atlantic-pacific", "caribbean-fusion", "caribbean-pacific", "pacific-fusion"], files);
        Assert.All(files, file => Assert.Equal(file.Split('-'), Seed(file).Parties.Select(party => party.Partner.Value)));
    }

    [Theory]
    [InlineData("atlantic-fusion", "atlantic", "ASCENSION", "81900", "atlantic caribbean pacific")]
    [InlineData("caribbean-fusion", "caribbean", "ANTIGUA", "81900", "atlantic caribbean")]
    [InlineData("pacific-fusion", "pacific", "KAENA-POINT", "81900", "atlantic caribbean pacific")]
    [InlineData("pacific-fusion", "pacific", "KAENA-POINT", "07734", "atlantic caribbean pacific")]
    public void FusionSeeds_Observations_ReachFusionAndTheReadersOfItsProducts(string seed, string provider, string sensor, string tag, string readers)
    {
        var agreement = Seed(seed);
        var owner = Domain.PartnerId.Parse(provider);
        var facts = Observation(owner, sensor, tag);
        Assert.Equal(Purposes.Fusion, ReleasePolicy.Decide(facts, ReleaseForm.Full, agreement, AgreementState.Active, owner, Fusion, Now, TimeSpan.Zero).Purposes);
        var allowed = new[] { Atlantic, Caribbean, Pacific, Stranger }
            .Where(reader => ReleasePolicy.DecideDerived(facts, ReleaseForm.Full, agreement, AgreementState.Active, owner, Fusion, reader, Now).IsReleased);
        Assert.Equal(readers, string.Join(' ', allowed));
    }

    [Theory]
    [InlineData("07734", false)]
    [InlineData("7734", false)]
    [InlineData(null, false)]
    [InlineData("81900", true)]
    public void CaribbeanPacificSeed_Geos3Measurements_StayWithPacific(string? tag, bool released)
        => Assert.Equal(released, ReleasePolicy.Decide(Observation(tag: tag), ReleaseForm.Full, Seed("caribbean-pacific"), AgreementState.Active, Pacific, Caribbean, Now, TimeSpan.Zero).IsReleased);
}
