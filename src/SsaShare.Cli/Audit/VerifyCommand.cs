using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Domain;
using SsaShare.Exchange;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>ssa audit verify</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var bundles = new Argument<FileInfo[]>("BUNDLE") { Description = "Evidence bundles; several are compared with each other too.", Arity = ArgumentArity.OneOrMore };
        var cards = new Option<FileInfo[]>("--card")
        {
            Description = "Node cards that you got by another way and trust. Once one is given, nobody else is believed: give one for each partner in the log.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var roots = new Option<FileInfo[]>("--timestamp-root")
        {
            Description = "Root certificates (PEM) of time-stamp authorities that you trust. Without any, time-stamps are counted and not checked.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var asOf = CreateAsOf();
        var json = new Option<bool>("--json") { Description = "As one JSON document." };
        return new Command("verify", "Verify evidence bundles offline: no node, no database, no network. Explains each step; exit code 6 when one does not hold.\n\nExamples:\n  ssa audit verify atlantic.evidence pacific.evidence --card atlantic/node-card.json pacific/node-card.json\n  ssa audit verify atlantic.evidence --timestamp-root authority.pem --json\n  ssa audit verify atlantic.evidence pacific.evidence --as-of 2026-12-01T12:00:00Z")
        { bundles, cards, roots, asOf, json }
            .Does(async (parsed, cancellationToken) =>
            {
                var trust = new EvidenceTrust([.. (parsed.GetValue(cards) ?? []).Select(card => OperatorClient.ReadCard(card.FullName))]) { TimestampRoots = ReadRoots(parsed.GetValue(roots) ?? []), AsOf = ToEpoch(parsed.GetValue(asOf)) };
                var audit = await VerifyAsync([.. parsed.GetValue(bundles)!.Select(bundle => (bundle.Name, bundle.FullName))], trust, cancellationToken);
                if (parsed.GetValue(json)) Console.WriteLine(EvidenceJson.Write(audit));
                else Show(audit);
                return audit.Succeeded ? ExitCodes.Ok : throw new VerificationFailedException("The evidence does not hold: what failed is marked above.");
            });
    }

    /// <summary>--as-of, of verify and reconcile.</summary>
    internal static Option<Timestamp?> CreateAsOf()
        => SearchCommand.Time("--as-of", "When you asked for the bundles: what others prove before it must be in them. Default: when each says that it was made, which is its node's own word.");

    internal static Epoch? ToEpoch(Timestamp? time) => time is null ? null : Utc.FromDateTime(time.ToDateTimeOffset());

    /// <param name="bundles">Name for the report, and path.</param>
    internal static async Task<EvidenceAudit> VerifyAsync(IReadOnlyList<(string Name, string Path)> bundles, EvidenceTrust trust, CancellationToken cancellationToken)
    {
        var sources = new List<EvidenceSource>();
        try
        {
            foreach (var (name, path) in bundles) sources.Add(new EvidenceSource(name, File.OpenRead(path)));
            return await ProgressLine.ShowAsync("verifying", say => EvidenceVerifier.VerifyAsync([.. sources.Select(source => source with { Lines = new ReadingStream(source, say) })], trust, cancellationToken));
        }
        finally
        {
            foreach (var source in sources) await source.Lines.DisposeAsync();
        }
    }

    internal static void Show(EvidenceAudit audit)
    {
        foreach (string line in EvidenceText.Lines(audit)) AnsiConsole.Write(new Markup($"{line}\n"));
    }

    /// <exception cref="InvalidDataException">A file holds no certificate.</exception>
    private static X509Certificate2Collection ReadRoots(IEnumerable<FileInfo> files)
    {
        var roots = new X509Certificate2Collection();
        foreach (var file in files)
        {
            int before = roots.Count;
            if (!file.Exists) throw new FileNotFoundException($"There is no file '{file.FullName}'.");
            try
            {
                roots.ImportFromPemFile(file.FullName);
            }
            catch (CryptographicException e)
            {
                throw new InvalidDataException($"{file.FullName}: {e.Message}", e);
            }
            if (roots.Count == before) throw new InvalidDataException($"{file.FullName}: it holds no certificate in PEM.");
        }
        return roots;
    }
}
