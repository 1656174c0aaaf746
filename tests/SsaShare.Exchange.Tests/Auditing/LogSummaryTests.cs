namespace SsaShare.Exchange.Tests;

public sealed class LogSummaryTests
{
    [Theory]
    [InlineData(LogKinds.Publication, "3 records of pacific, published 2026-11-22T12:00:00")]
    [InlineData(LogKinds.ManifestIssued, "2 items of 1 publications, positions 4 to 9 to atlantic"), InlineData(LogKinds.ManifestReceived, "positions 4 to 9 from pacific")]
    [InlineData(LogKinds.ReceiptIssued, "atlantic has 2 items of manifest "), InlineData(LogKinds.ItemsIssued, ": 2 by all-observations")]
    [InlineData(LogKinds.Withheld, "4 records stay: 3 Prohibited by not-that-one, 1 NotGranted"), InlineData(LogKinds.Refusal, "pull: not in force")]
    [InlineData(LogKinds.Notice, "pacific asks to withdraw record "), InlineData(LogKinds.NoticeReceiptIssued, ": unused")]
    [InlineData(LogKinds.DeletionIssued, "atlantic deleted 1 records of pacific under agreement "), InlineData(LogKinds.AgreementTransition, ": in doubt")]
    [InlineData(LogKinds.Agreement, "agreement is active"), InlineData(LogKinds.Auditor, "auditor inspector is added by the operator of atlantic, key "), InlineData(LogKinds.PeerPinned, " of pacific")]
    public void Of_AnHonestEntry_SaysWhatItIs(string kind, string part) => Assert.Contains(part, LogSummary.Of(Bodies.Entry(kind)), StringComparison.Ordinal);

    [Fact]
    public void Of_WhatIsNoSuchEntry_SaysSo() => Assert.Equal("2 bytes that are not such an entry", LogSummary.Of(Bodies.Entry(LogKinds.Notice, "{}"u8.ToArray())));

    [Fact]
    public void Of_AKindThatIsNotKnown_GivesItsLength() => Assert.Equal("2 bytes", LogSummary.Of(Bodies.Entry("of-later", "{}"u8.ToArray())));

    [Fact]
    public void Of_ARefusalThatMovesTheCursor_IsOnePlainLine()
        => Assert.Equal("pull: ?[31mred?", LogSummary.Of(Bodies.Entry(LogKinds.Refusal, "{\"what\":\"pull\",\"reason\":\"\\u001b[31mred\\n\"}"u8.ToArray())));

    [Fact]
    public void Of_ALongReason_IsCut()
    {
        string line = LogSummary.Of(Bodies.Entry(LogKinds.Refusal, Sample.Utf8($"{{\"reason\":\"{new string('x', 5_000)}\"}}")));
        Assert.Equal(LogSummary.LongestLine, line.Length);
        Assert.EndsWith("x...", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AnyBody_IsOneShortPlainLine()
        => FuzzedEntries.ForEach(entry =>
        {
            string line = LogSummary.Of(entry);
            Assert.InRange(line.Length, 0, LogSummary.LongestLine);
            Assert.DoesNotContain(line, char.IsControl);
        });
}
