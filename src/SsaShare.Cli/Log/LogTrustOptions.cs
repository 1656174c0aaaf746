using System.CommandLine;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>The options that say which keys are believed about a log.</summary>
internal sealed class LogTrustOptions
{
    private readonly Option<string[]> _keys = new("--key") { Description = "The log's key as a verifier key, NAME+HASH+KEY; again for each where the log has changed it. Without: the log key of the card, or the logs of the policy.", HelpName = "VKEY" };
    private readonly Option<FileInfo?> _policy = new("--witness-policy") { Description = "A C2SP tlog-policy file: which witnesses must have cosigned the checkpoint.", HelpName = "FILE" };
    private readonly Option<string?> _origin = new("--origin") { Description = "The checkpoint's origin line where it is not the key's name.", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _keys, _policy, _origin }) command.Options.Add(option);
    }

    /// <exception cref="FormatException">No key is given, or one is not well-formed.</exception>
    /// <exception cref="InvalidDataException">The policy is not well-formed.</exception>
    public LogTrust Read(ParseResult parsed, NodeCard? card)
    {
        var policy = parsed.GetValue(_policy) is { } file ? ReadPolicy(file) : null;
        List<NoteVerifier> keys = [.. (parsed.GetValue(_keys) ?? []).Select(ReadKey)];
        if (keys.Count == 0) keys.AddRange(card is not null ? [card.LogKey] : policy?.Logs.Select(log => log.Key) ?? []);
        return keys.Count > 0 ? new LogTrust(keys, policy, parsed.GetValue(_origin)) : throw new FormatException("Whose log? Give its key with --key, a node card with --card, or a policy that names the log.");
    }

    private static NoteVerifier ReadKey(string text)
        => NoteVerifier.TryParse(text, out var key)
            ? key.Type == NoteSignatureType.Ed25519 ? key : throw new FormatException($"The key of {key.Name} is a witness's; a log signs with another.")
            : throw new FormatException($"'{text}' is not a verifier key NAME+HASH+KEY of a type that is known here (Ed25519, 01), or its hash does not fit.");

    private static WitnessPolicy ReadPolicy(FileInfo file)
        => file.Length > WitnessPolicy.MaxBytes ? throw new InvalidDataException($"{file}: a policy has at most {WitnessPolicy.MaxBytes} bytes.")
            : WitnessPolicy.TryParse(File.ReadAllBytes(file.FullName), out var policy, out string? fault) ? policy
            : throw new InvalidDataException($"{file}: {fault}");
}
