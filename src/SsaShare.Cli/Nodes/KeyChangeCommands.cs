using System.CommandLine;
using System.CommandLine.Parsing;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Cli;

/// <summary>ssa node rotate, ssa node revoke: both while the node is stopped, with its recovery key at hand.</summary>
internal static class KeyChangeCommands
{
    public static Command Rotate()
    {
        var options = new Options("Why, for your partners. Default: 'planned rotation'.", isReasonRequired: false);
        var signing = new Option<bool>("--signing") { Description = "A new key for documents." };
        var log = new Option<bool>("--log") { Description = "A new key for the log's checkpoints." };
        var witness = new Option<bool>("--witness") { Description = "A new key for cosigning others' checkpoints." };
        var command = new Command("rotate",
            "Make new keys for a stopped node: by default for documents, log and witness, or only those that are named. The recovery key signs for it. At its next start the node puts them in place, deletes the old ones and brings the change to its peers.\n\nExamples:\n  ssa node rotate --dir atlantic --recovery-key /media/safe/recovery.pem\n  ssa node rotate --dir atlantic --tls\n  ssa node rotate --dir atlantic --signing-key \"pkcs11:token=atlantic;object=signing-2?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/etc/ssashare/pin\"")
            { options.Dir, options.RecoveryKey, signing, log, witness, options.Tls, options.Recovery, options.Reason, options.SigningToken, options.LogToken, options.WitnessToken, options.ToFile, options.PassphraseFile, options.RecoveryPassphraseFile };
        return command.Does((parsed, _) =>
        {
            var (isTls, isRecovery) = (parsed.GetValue(options.Tls), parsed.GetValue(options.Recovery));
            // Who names a token's key wants it.
            var (isSigning, isLog, isWitness) = (parsed.GetValue(signing) || parsed.GetValue(options.SigningToken) is not null,
                parsed.GetValue(log) || parsed.GetValue(options.LogToken) is not null, parsed.GetValue(witness) || parsed.GetValue(options.WitnessToken) is not null);
            if (!(isTls || isRecovery || isSigning || isLog || isWitness)) (isSigning, isLog, isWitness) = (true, true, true);
            return Task.FromResult(options.Prepare(parsed, new KeyChangeRequest(isSigning, isLog, isWitness, isTls, isRecovery, null, parsed.GetValue(options.Reason) ?? "planned rotation")));
        });
    }

    public static Command Revoke()
    {
        var options = new Options("What happened, for your partners.", isReasonRequired: true);
        var since = new Option<DateTimeOffset>("--compromised-since")
        {
            Description = "Since when somebody else may have had a key: a UTC time, a day, or how long ago, such as 24h. What the old keys sign with a later date is refused.",
            HelpName = "TIME", Required = true, CustomParser = ReadSince,
        };
        var command = new Command("revoke",
            "Say that somebody else may have a key of a stopped node, and make new keys for documents, log and witness. The recovery key signs for it. At its next start the node puts them in place, deletes the old ones and brings the change to its peers.\n\nExample:\n  ssa node revoke --dir atlantic --compromised-since 2026-11-20T08:00:00Z --reason \"laptop stolen\" --tls --recovery-key /media/safe/recovery.pem")
            { options.Dir, since, options.Reason, options.RecoveryKey, options.Tls, options.Recovery, options.SigningToken, options.LogToken, options.WitnessToken, options.ToFile, options.PassphraseFile, options.RecoveryPassphraseFile };
        return command.Does((parsed, _) => Task.FromResult(options.Prepare(parsed,
            new KeyChangeRequest(true, true, true, parsed.GetValue(options.Tls), parsed.GetValue(options.Recovery), parsed.GetValue(since), parsed.GetValue(options.Reason)!))));
    }

    private static DateTimeOffset ReadSince(ArgumentResult given)
    {
        if (SinceOption.TryParse(given.Tokens[0].Value, TimeProvider.System.GetUtcNow(), out var since)) return since;
        given.AddError($"--compromised-since is '{given.Tokens[0].Value}'; expected a UTC time such as 2026-11-22T06:00:00Z, a day, or how long ago, such as 24h.");
        return default;
    }

    private sealed class Options(string reason, bool isReasonRequired)
    {
        public Option<string> Dir { get; } = NodeOptions.Dir();
        public Option<FileInfo?> RecoveryKey { get; } = new("--recovery-key") { Description = "The recovery key's file. Default: keys/recovery.pem in the node's folder.", HelpName = "FILE" };
        public Option<bool> Tls { get; } = new("--tls") { Description = "A new key for connections." };
        public Option<bool> Recovery { get; } = new("--recovery") { Description = "A new recovery key, made in keys/recovery.pem: take it away. Destroy the old one when your peers have the change." };
        public Option<string?> Reason { get; } = new("--reason") { Description = reason, HelpName = "TEXT", Required = isReasonRequired };
        public Option<Pkcs11Uri?> SigningToken { get; } = TokenKeyCommands.Uri("--signing-key", "A PKCS#11 token's new key for documents, made by 'ssa key generate'. Default: a key in a file.");
        public Option<Pkcs11Uri?> LogToken { get; } = TokenKeyCommands.Uri("--log-key", "A PKCS#11 token's new Ed25519 key for the node's log. Default: a key in a file.");
        public Option<Pkcs11Uri?> WitnessToken { get; } = TokenKeyCommands.Uri("--witness-key", "A PKCS#11 token's new Ed25519 key for others' logs. Default: a key in a file.");
        public Option<bool> ToFile { get; } = new("--to-file") { Description = "A key of a token may get a successor in a file. Without this it needs one in a token." };
        public Option<FileInfo?> PassphraseFile { get; } = KeyCommands.PassphraseFile();
        public Option<FileInfo?> RecoveryPassphraseFile { get; } = new("--recovery-passphrase-file") { Description = "A file with the passphrase of the recovery key. Default: that of the other keys.", HelpName = "FILE" };

        public int Prepare(ParseResult parsed, KeyChangeRequest request)
        {
            var folder = parsed.Folder(Dir);
            using var held = NodeLock.Take(folder);
            var passphrase = parsed.GetValue(PassphraseFile) is { } file ? Passphrase.FromFile(file.FullName) : Passphrases.ForNewKeys(folder);
            var recoveryPassphrase = parsed.GetValue(RecoveryPassphraseFile) is { } other ? Passphrase.FromFile(other.FullName) : passphrase;
            var made = Make(folder, request with
            {
                SigningToken = parsed.GetValue(SigningToken), LogToken = parsed.GetValue(LogToken), WitnessToken = parsed.GetValue(WitnessToken), ToFiles = parsed.GetValue(ToFile),
            }, parsed.GetValue(RecoveryKey)?.FullName, passphrase, recoveryPassphrase);
            Console.WriteLine($"change     {made.Sequence}, {(made.Action == KeyAction.Revoke ? $"revoke since {made.CompromisedSince:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "rotate")}");
            Console.WriteLine($"card id    {made.Next.Id}");
            Console.Error.WriteLine("Start the node: it puts the new keys in place and tells its peers. Nobody has to pin its card again.");
            if (File.Exists(folder.RecoveryKeyFile)) Console.Error.WriteLine($"The recovery key is in {folder.RecoveryKeyFile}. Whoever takes it over takes the node over: keep it offline.");
            if (parsed.GetValue(SigningToken) is not null || parsed.GetValue(LogToken) is not null || parsed.GetValue(WitnessToken) is not null || parsed.GetValue(ToFile))
                Console.Error.WriteLine("A token's old key stays in the token: destroy it with the token's own tool when the node runs with the new one.");
            return ExitCodes.Ok;
        }

        private static KeyEvent Make(NodeFolder folder, KeyChangeRequest request, string? recoveryKeyFile, Passphrase? passphrase, Passphrase? recoveryPassphrase)
        {
            try
            {
                return KeyChange.Prepare(folder, request, recoveryKeyFile, passphrase, recoveryPassphrase, TimeProvider.System.GetUtcNow());
            }
            catch (ArgumentException e)
            {
                throw new FormatException($"No change was made: {e.Message}", e);
            }
        }
    }
}
