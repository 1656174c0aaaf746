using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>The settings that say what a node's keys are opened with.</summary>
public static class PassphraseSettings
{
    /// <summary>The passphrase itself. Never in a file of settings: it would lie beside the keys.</summary>
    public const string Text = "Keys:Passphrase";

    /// <summary>A file with it: absolute, or relative to the node's folder.</summary>
    public const string File = "Keys:PassphraseFile";

    /// <returns>Null when there is neither; a file is read when the first encrypted key is met.</returns>
    /// <exception cref="InvalidDataException">A file of settings holds the passphrase.</exception>
    /// <exception cref="KeyFileException">The passphrase is too long.</exception>
    public static Passphrase? Of(IConfigurationRoot configuration, NodeFolder folder)
        => configuration.Providers.OfType<JsonConfigurationProvider>().Any(settings => settings.TryGet(Text, out _))
            ? throw new InvalidDataException($"{folder.SettingsFile} holds the passphrase, beside the keys that it is to keep. Put it into another file and name that by {File}.")
            : configuration[Text] is { Length: > 0 } text ? Passphrase.Of(text)
            : configuration[File] is { Length: > 0 } file ? Passphrase.FromFile(Path.Combine(folder.Path, file))
            : null;

    /// <summary>Takes the passphrase out of this process's environment, which the programs that it starts would inherit.</summary>
    public static void ForgetEnvironment() => Environment.SetEnvironmentVariable("SSA_KEYS__PASSPHRASE", null);
}
