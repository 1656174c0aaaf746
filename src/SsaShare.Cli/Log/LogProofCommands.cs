using System.CommandLine;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>ssa log prove, ssa log check-proof</summary>
internal static class LogProofCommands
{
    private const string ProveText = """
        Write a proof that an entry stands in a log, to be checked offline by anybody with the log's key (C2SP tlog-proof).

        Example:
          ssa log prove 1234 --dir atlantic --out 1234.tlog-proof
        """;

    private const string CheckText = """
        Check offline that an entry stands in a log: no node, no network. Exit code 6 when it does not.

        Example:
          ssa log check-proof 1234.tlog-proof --card atlantic/node-card.json --witness-policy witnesses.policy --entry commitment.bin
        """;

    public static Command Prove()
    {
        var (place, trust) = (new LogPlaceOptions(), new LogTrustOptions());
        var index = new Argument<long>("INDEX") { Description = "The entry's index in the log, from 0." };
        var output = new Option<FileInfo>("--out", "-o") { Description = "The proof to write; by custom its name ends in .tlog-proof.", Required = true, HelpName = "FILE" };
        var command = new Command("prove", ProveText) { index, output };
        place.AddTo(command);
        trust.AddTo(command);
        return command.Does(async (parsed, cancellationToken) =>
        {
            using var log = place.Open(parsed);
            var (proof, report) = await TlogProver.ProveAsync(log.Tiles, trust.Read(parsed, log.Keys), parsed.GetValue(index), cancellationToken);
            string path = parsed.GetValue(output)!.FullName;
            if (proof is not null) await AtomicFile.WriteAsync(path, proof.ToBytes(), cancellationToken);
            return LogReport.Show(proof is null ? log.Name : path, report, [], asJson: false);
        });
    }

    public static Command Check()
    {
        var trust = new LogTrustOptions();
        var file = new Argument<FileInfo>("PROOF") { Description = "The proof." };
        var card = new Option<FileInfo?>("--card") { Description = "The node card of the log's node, for its log key.", HelpName = "FILE" };
        var entry = new Option<FileInfo?>("--entry") { Description = "The entry's bytes as the log holds them: of a log of ours the 32 bytes of the commitment.", HelpName = "FILE" };
        var leaf = new Option<string?>("--leaf") { Description = "The entry's leaf hash instead of its bytes: 64 hexadecimal digits.", HelpName = "HEX" };
        var command = new Command("check-proof", CheckText) { file, card, entry, leaf };
        trust.AddTo(command);
        return command.Does(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(file)!.FullName;
            var keys = trust.Read(parsed, parsed.GetValue(card) is { } named ? KeyHistory.Of(OperatorClient.ReadCard(named.FullName)) : null);
            var hash = await LeafAsync(parsed.GetValue(entry), parsed.GetValue(leaf), cancellationToken);
            if (new FileInfo(path) is { Length: > TlogProof.MaxBytes }) throw new InvalidDataException($"{path}: a proof has at most {TlogProof.MaxBytes} bytes.");
            if (!TlogProof.TryParse(await File.ReadAllBytesAsync(path, cancellationToken), out var proof, out string? fault)) throw new VerificationFailedException($"{path}: {fault}");
            return LogReport.Show(path, proof.Verify(hash, keys), [], asJson: false);
        });
    }

    private static async Task<Hash256> LeafAsync(FileInfo? entry, string? leaf, CancellationToken cancellationToken) => (entry, leaf) switch
    {
        ({ Length: > EntryBundle.EntryBytesMax }, null) => throw new FormatException($"'{entry}' has {entry.Length} bytes; an entry has at most {EntryBundle.EntryBytesMax}."),
        ({ } file, null) => MerkleHash.Leaf(await File.ReadAllBytesAsync(file.FullName, cancellationToken)),
        (null, { } text) => Hash256.TryParseHex(text, out var hash) ? hash : throw new FormatException("--leaf is 64 hexadecimal digits."),
        _ => throw new FormatException("Which entry? Give its bytes with --entry or its leaf hash with --leaf."),
    };
}
