using System.CommandLine;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>The options that say which keys are believed about a log.</summary>
internal sealed class LogTrustOptions
{
    private readonly Option<string[]> _keys = new("--key") { Description = "The log's key as a verifier key, NAME+HASH+KEY; again for each where the log has changed it. Counts beside the log key of the card; without both, the logs of the policy count.", HelpName = "VKEY" };
    private readonly Option<FileInfo?> _policy = new("--witness-policy") { Description = "A C2SP tlog-policy file: which witnesses must have cosigned the checkpoint.", HelpName = "FILE" };
    private readonly Option<string?> _origin = new("--origin") { Description = "The checkpoint's origin line where it is not the key's name.", HelpName = "NAME" };

    private const string OldKeys = " A checkpoint of before a change of its log key is believed when the old key is named beside the card: --key OLD, again for each.";

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _keys, _policy, _origin }) command.Options.Add(option);
    }

    /// <param name="known">The keys of the log's node, as far as they are known; null where no card is given.</param>
    /// <exception cref="FormatException">No key is given, or one is not well-formed.</exception>
    /// <exception cref="InvalidDataException">The policy is not well-formed.</exception>
    public LogTrust Read(ParseResult parsed, KeyHistory? known)
    {
        var policy = parsed.GetValue(_policy) is { } file ? ReadPolicy(file) : null;
        var origin = parsed.GetValue(_origin);
        List<NoteVerifier> keys = [.. (parsed.GetValue(_keys) ?? []).Select(ReadKey)];
        // Whose changes are known, each of its keys counts for its own part of the log.
        if (keys.Count == 0 && known is { Events.Count: > 0 }) return new LogTrust([.. known.Cards.Select(card => card.Card.LogKey).Distinct()], policy, origin) { KeyOfSize = (said, size) => known.LogKey(origin is null ? said : known.LogName, size) };
        if (known is not null) keys.Add(known.Current.Card.LogKey);
        if (keys.Count == 0) keys.AddRange(policy?.Logs.Select(log => log.Key) ?? []);
        return keys.Count > 0 ? new LogTrust(keys, policy, origin) { Advice = known is null ? null : OldKeys } : throw new FormatException("Whose log? Give its key with --key, a node card with --card, or a policy that names the log.");
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
