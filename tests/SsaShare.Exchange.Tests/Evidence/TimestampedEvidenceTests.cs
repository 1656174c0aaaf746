using System.Security.Cryptography.X509Certificates;
using SsaShare.Domain;
using SsaShare.Transparency;
using SsaShare.Transparency.Tests;

namespace SsaShare.Exchange.Tests;

/// <summary>RFC 3161 time-stamps in bundles, by an authority made with openssl. It stamps the time that it is, so the node's clock is set to that.</summary>
public sealed class TimestampedEvidenceTests : IDisposable
{
    private readonly OpenSslAuthority _authority = new();
    private readonly TestNode _node = new("atlantic") { ClockError = TimeProvider.System.GetUtcNow() - Utc.ToDateTime(Sample.Now) };

    public TimestampedEvidenceTests() => _node.Publish(1).Publish(2).Publish(3);

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Verify_AStampOfATrustedAuthority_Holds()
    {
        var report = await AuditAsync(_node.Checkpoint(2), Stamp(_node.Checkpoint(2)), _authority.Roots);
        Assert.True(report.Succeeded, string.Join('\n', report.Steps));
        Assert.Contains("time-stamps", report.Steps.Single(step => step.Name == "times").Explanation, StringComparison.Ordinal);
        string stamped = report.Steps.Single(step => step.Name == "time-stamps").Explanation;
        Assert.StartsWith("1 hold: the first 2 entries at 20", stamped, StringComparison.Ordinal);
        Assert.Matches("Z by .*[a-z]", stamped);
    }

    [Fact]
    public async Task Verify_WithoutRoots_SaysHowManyWereNotChecked()
    {
        var report = await AuditAsync(_node.Checkpoint(2), Stamp(_node.Checkpoint(2)), []);
        Assert.True(report.Succeeded);
        Assert.Contains(report.Notes, note => note.StartsWith("1 time-stamps were not checked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_AStampOfAnotherNoteOrAuthority_Fails()
    {
        string note = _node.Checkpoint(2);
        using var other = new OpenSslAuthority();
        Assert.Contains("other bytes", Fault(await AuditAsync(note, Stamp(_node.Checkpoint(3)), _authority.Roots)), StringComparison.Ordinal);
        Assert.Contains("No trusted root", Fault(await AuditAsync(note, Stamp(note), other.Roots)), StringComparison.Ordinal);
        Assert.Contains("not well-formed", Fault(await AuditAsync(note, new byte[] { 0x30, 0 }, _authority.Roots)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_EntriesThatSayTheyAreNewerThanTheirStamp_Fail()
    {
        _node.ClockError += TimeSpan.FromHours(1);
        _node.Publish(1);
        var report = await AuditAsync(_node.Checkpoint(4), Stamp(_node.Checkpoint(4)), _authority.Roots, 4);
        Assert.Contains("saw it in a checkpoint of 4 entries", Assert.Single(report.Findings).Explanation, StringComparison.Ordinal);
    }

    private static string Fault(EvidenceReport report) => report.Steps.Single(step => step is { Name: "cosignatures", Succeeded: false }).Explanation;

    private ReadOnlyMemory<byte> Stamp(string note)
    {
        var query = TimestampQuery.For(Sample.Utf8(note));
        Assert.True(query.TryTakeAnswer(_authority.Answer(query.ToBytes()), out var token, out string? fault), fault);
        return token.Bytes;
    }

    private async Task<EvidenceReport> AuditAsync(string note, ReadOnlyMemory<byte> token, X509Certificate2Collection roots, int size = 2)
    {
        string bundle = await _node.ExportAsync(EvidenceScope.Whole, stamps: [(size, new EvidencePart.TimeStamp(note, token))]);
        using var stream = new MemoryStream(Sample.Utf8(bundle));
        var audit = await EvidenceVerifier.VerifyAsync([new EvidenceSource("atlantic", stream)], new EvidenceTrust([]) { TimestampRoots = roots }, TestContext.Current.CancellationToken);
        return audit.Bundles[0];
    }
}
