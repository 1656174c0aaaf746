using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SsaShare.Exchange;
using SsaShare.Node;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Benchmarks;

/// <summary>Two real nodes exchange observations; both logs are exported, verified and compared, and their bytes counted.</summary>
internal static class ExchangeEvidence
{
    public static Task MeasureAsync(int records) => ExchangeRounds.RunOnceAsync(records, async (provider, reader) =>
    {
        string[] files = [await ExportAsync(provider), await ExportAsync(reader)];
        try
        {
            var cards = new[] { provider, reader }.Select(node => node.GetRequiredService<NodeIdentity>().Card).ToList();
            var audit = await VerifyAsync(files, cards);
            if (!audit.Succeeded) throw new InvalidOperationException(string.Join('\n', audit.Bundles.SelectMany(bundle => bundle.Steps).Concat(audit.Comparison).Where(step => !step.Succeeded)));
            long[] bytes = [.. files.Select(file => new FileInfo(file).Length)];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records} records: {bytes[0]} bytes at the provider, {bytes[1]} at the reader"));
            // The larger of the two sides, over the records exchanged.
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT bundle_bytes_per_record {(double)bytes.Max() / records:F1} bytes"));
        }
        finally
        {
            foreach (string file in files) File.Delete(file);
        }
    });

    private static async Task<string> ExportAsync(IServiceProvider node)
    {
        string file = Path.GetTempFileName();
        await using var stream = File.Create(file);
        await foreach (byte[] chunk in node.GetRequiredService<EvidenceExporter>().ExportAsync(EvidenceScope.Whole, CancellationToken.None)) await stream.WriteAsync(chunk);
        return file;
    }

    private static async Task<EvidenceAudit> VerifyAsync(string[] files, IReadOnlyCollection<SignedNodeCard> cards)
    {
        var sources = files.Select(file => new EvidenceSource(Path.GetFileName(file), File.OpenRead(file))).ToList();
        var audit = await EvidenceVerifier.VerifyAsync(sources, cards, CancellationToken.None);
        foreach (var source in sources) await source.Lines.DisposeAsync();
        return audit;
    }
}
