using System.Text;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

public sealed class AuditorEventTests
{
    private static readonly AuditorEvent Added = new("inspector-2.north", Hash256.Of("a key"u8), AuditorChange.Added, "the operator of atlantic");

    [Fact]
    public void TryParse_WhatWasWritten_GivesTheSame()
    {
        foreach (var change in new[] { Added, Added with { Change = AuditorChange.Removed } })
        {
            Assert.True(AuditorEvent.TryParse(change.ToJson(), out var read));
            Assert.Equal(change, read);
        }
    }

    [Theory]
    [InlineData("\"added\"", "\"Added\""), InlineData("\"added\"", "1"), InlineData("\"added\"", "\"unspecified\""), InlineData("inspector", "Inspector"), InlineData("inspector", "-"), InlineData("inspector-2.north", "")]
    [InlineData("the operator of atlantic", ""), InlineData("the operator", "the\\noperator"), InlineData("\"name\"", "\"more\":1,\"name\""), InlineData("\"pin\":\"", "\"pin\":\"0")]
    public void TryParse_OfAnythingElse_IsRefused(string old, string changed)
    {
        string json = Encoding.UTF8.GetString(Added.ToJson());
        Assert.Contains(old, json, StringComparison.Ordinal);
        Assert.False(AuditorEvent.TryParse(Sample.Utf8(json.Replace(old, changed, StringComparison.Ordinal)), out _));
    }

    [Fact]
    public void TryParse_OfAnyBody_IsTotal()
        => FuzzedEntries.ForEach(entry =>
        {
            if (AuditorEvent.TryParse(entry.Event.Body.Span, out var read)) Assert.True(AuditorEvent.IsName(read.Name));
        });

    [Theory]
    [InlineData("a", true), InlineData("0", true), InlineData("a.b-c", true), InlineData("", false), InlineData(".a", false), InlineData("-a", false), InlineData("A", false), InlineData("a b", false), InlineData("ä", false)]
    public void IsName_TellsNames(string text, bool isName) => Assert.Equal(isName, AuditorEvent.IsName(text));

    [Fact]
    public void IsName_OfMoreThan64Characters_IsNot() => Assert.Equal((true, false), (AuditorEvent.IsName(new string('a', 64)), AuditorEvent.IsName(new string('a', 65))));
}
