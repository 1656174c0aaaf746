using System.CommandLine;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Cli;

/// <summary>ssa key ...</summary>
internal static class KeyCommands
{
    public static Command Create() => new("key", "Show and protect a node's keys, and keep them in tokens.") { Show(), Protect(), Unprotect(), TokenKeyCommands.Generate(), TokenKeyCommands.Import() };

    public static Option<FileInfo?> PassphraseFile(string otherwise = "a question") => new("--passphrase-file")
    {
        Description = $"A file with the passphrase, open to its owner only. Default: the setting Keys:PassphraseFile, or {otherwise}.",
        HelpName = "FILE",
    };

    private static Command Show()
    {
        var dir = NodeOptions.Dir();
        return new Command("show", "Show each key of a node: its algorithm, its id as the node card says it, and how its file keeps it.\n\nExample:\n  ssa key show --dir atlantic") { dir }
            .Does((parsed, _) =>
            {
                KeyTable.Write(parsed.Folder(dir));
                return Task.FromResult(ExitCodes.Ok);
            });
    }

    private static Command Protect()
    {
        var dir = NodeOptions.Dir();
        var file = PassphraseFile();
        var old = new Option<FileInfo?>("--old-passphrase-file") { Description = "A file with the passphrase of now, to change it.", HelpName = "FILE" };
        return new Command("protect", "Encrypt every key of a node with a passphrase, in place. Broken off, it is run again; a running node does not notice.\n\nExamples:\n  ssa key protect --dir atlantic --passphrase-file /etc/ssashare/atlantic.passphrase\n  ssa key protect --dir atlantic --passphrase-file new.txt --old-passphrase-file old.txt") { dir, file, old }
            .Does((parsed, _) =>
            {
                var folder = parsed.Folder(dir);
                var passphrase = Passphrases.New(parsed.GetValue(file), folder);
                var before = parsed.GetValue(old) is { } given ? Passphrase.FromFile(given.FullName) : null;
                return ForEach(folder, "encrypted", path => KeyFile.Protect(path, passphrase, before));
            });
    }

    private static Command Unprotect()
    {
        var dir = NodeOptions.Dir();
        var file = PassphraseFile();
        return new Command("unprotect", "Write every key of a node back in the clear; only the mode of its file keeps it then.\n\nExample:\n  ssa key unprotect --dir atlantic --passphrase-file /etc/ssashare/atlantic.passphrase") { dir, file }
            .Does((parsed, _) =>
            {
                var folder = parsed.Folder(dir);
                var passphrase = parsed.GetValue(file) is { } given ? Passphrase.FromFile(given.FullName)
                    : Passphrases.Of(folder) ?? throw new KeyFileException("There is no passphrase. Name a file with it by --passphrase-file.");
                return ForEach(folder, "in the clear", path => KeyFile.Unprotect(path, passphrase));
            });
    }

    private static Task<int> ForEach(NodeFolder folder, string result, Func<string, bool> change)
    {
        var files = folder.SecretFiles();
        if (files.Count == 0) throw new FileNotFoundException($"'{folder.Path}' holds no keys. 'ssa node init' makes a node's folder; --dir names it.");
        foreach (string path in files) Console.WriteLine($"{path}  {(change(path) ? result : "as it was")}");
        return Task.FromResult(ExitCodes.Ok);
    }
}
