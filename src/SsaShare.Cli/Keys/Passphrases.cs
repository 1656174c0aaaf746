using Microsoft.Extensions.Configuration;
using Spectre.Console;
using SsaShare.Node;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Cli;

/// <summary>Where a command has a passphrase from: an option, the settings, or the person at the terminal.</summary>
internal static class Passphrases
{
    /// <summary>For keys that may be encrypted. A person is asked only when one is.</summary>
    /// <returns>Null where the settings give none and nobody can be asked.</returns>
    public static Passphrase? Of(NodeFolder folder)
        => OfSettings(folder) ?? (CanAsk ? Passphrase.Ask(() => Ask($"Passphrase of the keys in '{folder.Path}':")) : null);

    /// <summary>Of a single file that belongs to no node.</summary>
    /// <returns>Null where nobody can be asked.</returns>
    public static Passphrase? OfFile(string path) => CanAsk ? Passphrase.Ask(() => Ask($"Passphrase of '{path}':")) : null;

    /// <summary>For new keys beside those of a node: kept as those are. A person is asked only where keys are encrypted.</summary>
    /// <returns>Null where no key of the folder is encrypted and the settings give no passphrase.</returns>
    public static Passphrase? ForNewKeys(NodeFolder folder)
        => OfSettings(folder) ?? (AnyEncrypted(folder) ? Of(folder) : null);

    /// <summary>From the environment or node.json; nobody is asked.</summary>
    public static Passphrase? OfSettings(NodeFolder folder)
        => PassphraseSettings.Of(new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(folder.SettingsFile), optional: true).AddEnvironmentVariables("SSA_").Build(), folder);

    /// <summary>The passphrase that keys are newly encrypted with; a person types it twice.</summary>
    /// <exception cref="KeyFileException">There is none.</exception>
    public static Passphrase New(FileInfo? file, NodeFolder folder)
        => file is not null ? Passphrase.FromFile(file.FullName)
            : OfSettings(folder) ?? (CanAsk ? Passphrase.Of(AskTwice()) : throw new KeyFileException("There is no passphrase. Name a file with it by --passphrase-file."));

    /// <summary>Settings of a host whose keys are encrypted and whose person is here to say with what.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> ForHost(NodeFolder folder)
        => CanAsk && OfSettings(folder) is null && AnyEncrypted(folder)
            ? [new(PassphraseSettings.Text, Ask($"Passphrase of the keys in '{folder.Path}':"))]
            : [];

    private static bool AnyEncrypted(NodeFolder folder) => folder.SecretFiles().Any(path => KeyFile.ProtectionOf(path) == KeyProtection.Passphrase);

    private static bool CanAsk => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    private static string AskTwice()
    {
        string first = Ask("New passphrase:");
        return Ask("Once more:") == first ? first : throw new KeyFileException("The two passphrases differ.");
    }

    /// <summary>On standard error, so that what a command prints can go to a file.</summary>
    private static string Ask(string question)
        => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Prompt(new TextPrompt<string>(question.EscapeMarkup()).Secret(null).AllowEmpty());
}
