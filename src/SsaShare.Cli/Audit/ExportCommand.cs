using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Protocol.Audit.V1;

namespace SsaShare.Cli;

/// <summary>ssa audit export</summary>
internal static class ExportCommand
{
    private const long SaidEvery = 16 * 1024 * 1024;

    public static Command Create()
    {
        var node = new AuditedNodeOptions();
        var output = new Option<FileInfo>("--out", "-o") { Description = "The evidence bundle to write.", Required = true, HelpName = "FILE" };
        var from = SearchCommand.Time("--from", "Only what was logged then or later.");
        var until = SearchCommand.Time("--until", "Only what was logged before then.");
        var peer = new Option<string>("--peer") { Description = "Only the exchange with this partner.", HelpName = "PARTNER" };
        var agreement = new Option<string>("--agreement") { Description = "Only what was exchanged under this agreement: its id, or as the operator its first 8 or more digits.", HelpName = "ID" };
        var record = new Option<string>("--record") { Description = "Only what concerns one record: its id, the first 8 or more digits, or PUBLICATION/INDEX.", HelpName = "ID" };
        return new Command("export", "Write one evidence bundle of a node's log, as its operator or as one of its auditors: the whole log, or a part of it in which the rest stands as hashes. With all that is needed to verify it: cards, agreements, a signed checkpoint, cosignatures, time-stamps."
            + "\n\nExamples:\n  ssa audit export --dir atlantic --out atlantic.evidence\n  ssa audit export --peer pacific --from 2026-11-01 --until 2026-12-01 --dir atlantic --out november.evidence\n  ssa audit export --record 5b0f4e7a --out record.evidence --card atlantic-card.json --cert auditor.pem")
        { output, from, until, peer, agreement, record }.With(node)
            .Does(async (parsed, cancellationToken) =>
            {
                var file = parsed.GetValue(output)!;
                using var client = node.Open(parsed);
                var request = new ExportEvidenceRequest
                {
                    From = parsed.GetValue(from),
                    Until = parsed.GetValue(until),
                    PeerId = parsed.GetValue(peer) is { } partner ? PartnerId.Parse(partner).Value : "",
                    Record = parsed.GetValue(record) ?? "",
                };
                if (parsed.GetValue(agreement) is { } wanted)
                {
                    if (await node.FindAgreementAsync(client, parsed, wanted, cancellationToken) is not { } id) return ExitCodes.NotFound;
                    request.AgreementId = id;
                }
                await ProgressLine.ShowAsync("exporting", say => ExportAsync(client, request, file.FullName, say, cancellationToken));
                Console.WriteLine($"{file.FullName}  {new FileInfo(file.FullName).Length:N0} bytes");
                return ExitCodes.Ok;
            });
    }

    /// <summary>Writes the bundle beside its place and moves it there when it is whole.</summary>
    /// <param name="say">Told now and then how far it is.</param>
    /// <returns>Bytes.</returns>
    internal static async Task<long> ExportAsync(OperatorClient client, ExportEvidenceRequest request, string path, Action<string> say, CancellationToken cancellationToken)
    {
        string draft = $"{path}.part";
        long bytes = 0, said = 0;
        await using (var file = File.Create(draft))
        {
            using var call = client.Audit.ExportEvidence(request, cancellationToken: cancellationToken);
            while (await call.ResponseStream.MoveNext(cancellationToken))
            {
                var chunk = call.ResponseStream.Current.Chunk.Memory;
                await file.WriteAsync(chunk, cancellationToken);
                bytes += chunk.Length;
                if (bytes - said < SaidEvery) continue;
                said = bytes;
                say($"{bytes / 1_000_000:N0} MB");
            }
        }
        File.Move(draft, path, overwrite: true);
        return bytes;
    }
}
