namespace SsaShare.Node.Tests;

public sealed class HttpPathsTests
{
    /// <summary>Who may ask for what. A new path is decided on here before it is served.</summary>
    private static readonly Dictionary<string, (HttpAccess Access, long? BodyBytesMax)> Allowed = new()
    {
        ["/log/"] = (HttpAccess.PinnedUnlessPublic, 0),
        ["/witness/"] = (HttpAccess.Anybody, 256 * 1024),
        ["/api/v1/"] = (HttpAccess.Operator, null),
    };

    [Fact]
    public void Find_OfEveryListedPrefix_IsTheRuleOfTheTable()
        => Assert.All(Allowed, allowed =>
        {
            var rule = HttpPaths.Find($"{allowed.Key}x");
            Assert.Equal((allowed.Value.Access, allowed.Value.BodyBytesMax), (rule?.Access, rule?.BodyBytesMax));
        });

    [Fact]
    public void Rules_AreThoseOfTheTable() => Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), HttpPaths.Prefixes.Order(StringComparer.Ordinal));

    [Fact]
    public void Rules_OfPrefixes_StandBetweenSlashesAndAreNoPartOfEachOther()
        => Assert.All(HttpPaths.Prefixes, prefix =>
        {
            Assert.True(prefix.Length > 2 && prefix.StartsWith('/') && prefix.EndsWith('/'));
            Assert.Single(HttpPaths.Prefixes, other => prefix.StartsWith(other, StringComparison.Ordinal));
        });

    [Theory]
    [InlineData(HttpAccess.Pinned, false, false), InlineData(HttpAccess.Pinned, true, false)]
    [InlineData(HttpAccess.PinnedUnlessPublic, false, false), InlineData(HttpAccess.PinnedUnlessPublic, true, true)]
    [InlineData(HttpAccess.Anybody, false, true), InlineData(HttpAccess.Anybody, true, true)]
    [InlineData(HttpAccess.Operator, false, false), InlineData(HttpAccess.Operator, true, false)]
    public void IsOpen_OfARule_ByItsAccessAndTheOperatorsSetting(HttpAccess access, bool isPublic, bool expected)
        => Assert.Equal(expected, new HttpPathRule("/x/", access, 0).IsOpen(new LogOptions { Public = isPublic }));
}
