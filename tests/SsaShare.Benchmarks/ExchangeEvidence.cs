using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SsaShare.Exchange;
using SsaShare.Node;
using SsaShare.Peering;

namespace SsaShare.Benchmarks;

/// <summary>Two real nodes exchange observations; the provider's log is exported and verified, and its bytes counted.</summary>
internal static class ExchangeEvidence
{
    public static Task MeasureAsync(int records) => ExchangeRounds.RunOnceAsync(records, async (provider, reader) =>
    {
        using var bundle = new MemoryStream();
        await foreach (byte[] chunk in provider.GetRequiredService<EvidenceExporter>().ExportAsync(EvidenceScope.Whole, CancellationToken.None)) await bundle.WriteAsync(chunk);
        bundle.Position = 0;
        var report = await EvidenceVerifier.VerifyAsync(bundle, [.. new[] { provider, reader }.Select(node => node.GetRequiredService<NodeIdentity>().Card)], CancellationToken.None);
        if (!report.Succeeded) throw new InvalidOperationException(string.Join('\n', report.Steps.Where(step => !step.Succeeded)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT bundle_bytes_per_record {(double)bundle.Length / records:F1} bytes"));
    });
}
