using System.CommandLine;
using SsaShare.Node;
using SsaShare.Peering;
using SsaShare.Signing;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>ssa node restored: while the node is stopped, with its recovery key at hand.</summary>
internal static class RestoredCommand
{
    public static Command Create()
    {
        var dir = NodeOptions.Dir();
        var reason = new Option<string>("--reason") { Description = "What happened, for your partners and their auditors.", Required = true, HelpName = "TEXT" };
        var recoveryKey = new Option<FileInfo?>("--recovery-key") { Description = "The recovery key's file. Default: keys/recovery.pem in the node's folder.", HelpName = "FILE" };
        var passphraseFile = KeyCommands.PassphraseFile();
        var recoveryPassphraseFile = new Option<FileInfo?>("--recovery-passphrase-file") { Description = "A file with the passphrase of the recovery key. Default: that of the other keys.", HelpName = "FILE" };
        var withoutSilent = new Option<bool>("--without-silent") { Description = "Goes on although a peer does not answer, which may have seen more of the log: what it holds beyond the statement speaks against this node." };
        var peerCards = new Option<FileInfo[]>("--peer-card") { Description = "Node card of a peer to ask that the restored database does not know, because it was pinned or changed its keys after the backup. Can be given several times; nothing is pinned by it.", HelpName = "FILE" };
        var yes = new Option<bool>("--yes") { Description = "Goes on without asking." };
        return new Command("restored",
            "Say that a stopped node's database was restored from a backup and that no newer one exists. Asks every peer that the restored database knows, and those of --peer-card, how far it has seen the node's log and shows what is lost. The recovery key signs a statement of that; at its next start the node "
            + "goes on with its log under a new name and brings the statement to its peers, who begin anew with it. It cannot be taken back: where a newer backup may exist, look for that first.\n\nExamples:\n"
            + "  ssa node restored --dir atlantic --reason \"disk lost, restored from the backup of 20 November\" --recovery-key /media/safe/recovery.pem\n  ssa node restored --dir atlantic --reason \"disk lost\" --yes")
            { dir, reason, recoveryKey, passphraseFile, recoveryPassphraseFile, withoutSilent, peerCards, yes }
            .Does(async (parsed, cancellationToken) =>
            {
                var folder = parsed.Folder(dir);
                using var held = NodeLock.Take(folder);
                string text = parsed.GetValue(reason)!;
                if (!KeyEvent.IsReason(text)) throw new FormatException($"--reason is 1 to {KeyEvent.ReasonLengthMax} plain characters on one line.");
                var cards = (parsed.GetValue(peerCards) ?? []).Select(card => OperatorClient.ReadCard(card.FullName)).ToList();
                var loss = await LogInspection.LookAsync(folder, Passphrases.ForHost(folder), cards, cancellationToken);
                Show(loss);
                Console.Error.WriteLine("Asked were the peers that the restored database knows" + (cards.Count > 0 ? $", and {string.Join(", ", cards.Select(card => $"'{card.Card.PartnerId}'"))} by card." : ". For one that was pinned or changed its keys after the backup, give its card with --peer-card."));
                if (WhyNot(loss, parsed.GetValue(withoutSilent)) is { } refusal) return Refuse(refusal.Reason, refusal.ExitCode);
                if (!parsed.GetValue(yes) && !IsConfirmed(folder)) return Refuse("Nothing was changed. Where no newer backup exists, say so with --yes.", ExitCodes.RefusedByPolicy);
                var passphrase = parsed.GetValue(passphraseFile) is { } file ? Passphrase.FromFile(file.FullName) : Passphrases.ForNewKeys(folder);
                var recoveryPassphrase = parsed.GetValue(recoveryPassphraseFile) is { } other ? Passphrase.FromFile(other.FullName) : passphrase;
                var made = KeyChange.PrepareRestore(folder, loss.Log.Size, loss.Cut, text, parsed.GetValue(recoveryKey)?.FullName, passphrase, recoveryPassphrase, TimeProvider.System.GetUtcNow());
                Console.WriteLine($"goes on    as {made.Next.Card.LogKey.Name}, from {made.LogSize} entries");
                Console.WriteLine($"change     {made.Sequence}, restore");
                Console.WriteLine($"card id    {made.Next.Id}");
                Console.Error.WriteLine("Start the node: it writes the statement into its log, signs again and tells its peers. They begin anew with it by themselves; nobody has to pin its card again.");
                if (File.Exists(folder.RecoveryKeyFile)) Console.Error.WriteLine($"The recovery key is in {folder.RecoveryKeyFile}. Whoever takes it over takes the node over: keep it offline.");
                return ExitCodes.Ok;
            });
    }

    private static void Show(LogLoss loss)
    {
        Console.WriteLine($"log        {loss.Origin}");
        Console.WriteLine($"restored   {loss.Log.Size} entries");
        foreach (var one in loss.Sightings) Console.WriteLine($"seen       {one.Head.Size} entries, by {one.Source}: {(one.IsContained ? "in the restored log" : "NOT in the restored log")}");
        foreach (var (peer, why) in loss.Silent) Console.WriteLine($"silent     '{peer}': {why}");
        if (loss.Seen is { } seen && loss.Contradiction is null) Console.WriteLine($"lost       {seen.Head.Size - loss.HeldSize} entries, from {loss.HeldSize} to {seen.Head.Size}, of the time since {loss.HeldAt:yyyy-MM-dd'T'HH:mm:ss'Z'}");
    }

    private static (string Reason, int ExitCode)? WhyNot(LogLoss loss, bool isWithoutSilent)
        => loss.Contradiction is { } contradiction ? (contradiction, ExitCodes.RefusedByPolicy)
            : loss.Silent.Count > 0 && !isWithoutSilent ? ("Not every peer has answered, and one that is silent may have seen more of the log. Try again when it is there, or go on with --without-silent.", ExitCodes.Unavailable)
            : loss.Seen is null ? ("Nothing is lost: nobody who answered has seen more of this log than it holds. Start the node as it is.", ExitCodes.RefusedByPolicy)
            : loss.Log.Size == 0 ? ("The database is empty: nothing was restored into it.", ExitCodes.RefusedByPolicy)
            : null;

    /// <summary>A person types the node's partner id; where none is there, nobody says yes.</summary>
    private static bool IsConfirmed(NodeFolder folder)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected) return false;
        string partner = NodeIdentity.ReadKeys(folder).PartnerId;
        string typed = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Prompt(new TextPrompt<string>($"This cannot be taken back. Type '{partner.EscapeMarkup()}' to go on:").AllowEmpty());
        return typed == partner;
    }

    private static int Refuse(string reason, int exitCode)
    {
        Console.Error.WriteLine($"ssa: {reason}");
        return exitCode;
    }
}
