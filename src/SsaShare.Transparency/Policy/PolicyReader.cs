using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Reads one policy file line by line. Names are octets and nothing more: they are kept one character for each.</summary>
internal sealed class PolicyReader
{
    private const string None = "none";
    private static readonly char[] Blanks = [' ', '\t'];
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<PolicyLog> _logs = [];
    private readonly List<PolicyWitness> _witnesses = [];
    private readonly Dictionary<string, PolicyMember> _named = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inAGroup = new(StringComparer.Ordinal);
    private bool _hasQuorum;
    private PolicyMember? _quorum;
    private int _groups;

    public bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out WitnessPolicy? policy, [NotNullWhen(false)] out string? fault)
    {
        policy = null;
        fault = file.Length > WitnessPolicy.MaxBytes ? $"The policy has {file.Length} bytes; at most {WitnessPolicy.MaxBytes} are read." : null;
        string[] lines = fault is null ? Encoding.Latin1.GetString(file).Split('\n') : [];
        for (int i = 0; i < lines.Length && fault is null; i++)
        {
            // What follows the last newline is a line only where something stands in it.
            fault = Read(lines[i]) is { } wrong ? $"line {i + 1}: {wrong}" : null;
        }

        fault ??= _hasQuorum ? null : "There is no quorum line.";
        policy = fault is null ? new WitnessPolicy(_logs, _witnesses, _quorum) : null;
        return policy is not null;
    }

    /// <returns>What is wrong with the line; null when nothing is.</returns>
    private string? Read(string line)
    {
        if (line.Any(octet => (octet < ' ' && octet != '\t') || octet == '\u007f'))
        {
            return "A policy has no control characters but tabs and newlines.";
        }

        string[] items = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        return items switch
        {
            [] => null,
            [['#', ..], ..] => null,
            ["log", var key] => AddLog(key, url: null),
            ["log", var key, var url] => AddLog(key, url),
            ["witness", var name, var key] => AddWitness(name, key, url: null),
            ["witness", var name, var key, var url] => AddWitness(name, key, url),
            ["group", var name, var threshold, .. { Length: > 0 } members] => AddGroup(name, threshold, members),
            ["quorum", var name] => SetQuorum(name),
            ["log" or "witness" or "group" or "quorum", ..] => $"'{items[0]}' has too few or too many items.",
            _ => $"'{Shown(items[0])}' is not known: a line begins with log, witness, group, quorum or #.",
        };
    }

    private string? AddLog(string text, string? url)
    {
        if (_logs.Count == WitnessPolicy.MaxOfEach)
        {
            return $"More than {WitnessPolicy.MaxOfEach} logs.";
        }

        if (!TryKey(text, NoteSignatureType.Ed25519, "a log's", out NoteVerifier? key, out string? fault))
        {
            return fault;
        }

        if (_logs.Any(log => log.Key.PublicKey.SequenceEqual(key.PublicKey)))
        {
            return "This key is of a log on a line before.";
        }

        _logs.Add(new PolicyLog(key, url is null ? null : Shown(url)));
        return null;
    }

    private string? AddWitness(string name, string text, string? url)
    {
        NoteVerifier? key = null;
        if (_witnesses.Count == WitnessPolicy.MaxOfEach)
        {
            return $"More than {WitnessPolicy.MaxOfEach} witnesses.";
        }

        string? fault = null;
        if (!MlDsaWitnessKey.TryParse(Shown(text), out byte[]? publicKey))
        {
            if (!TryKey(text, NoteSignatureType.CosignatureV1, "a witness's", out NoteVerifier? read, out fault))
            {
                return fault;
            }

            publicKey = read.PublicKey.ToArray();
            key = read;
        }

        if (!_keys.Add(Convert.ToBase64String(publicKey)))
        {
            return "This key is of a witness on a line before: one witness counts once.";
        }

        var added = new PolicyWitness(Shown(name), key, url is null ? null : Shown(url));
        fault = Name(name, new PolicyMember(added.Name, added, 1, []));
        if (fault is null)
        {
            _witnesses.Add(added);
        }

        return fault;
    }

    private string? AddGroup(string name, string threshold, string[] names)
    {
        if (++_groups > WitnessPolicy.MaxOfEach)
        {
            return $"More than {WitnessPolicy.MaxOfEach} groups.";
        }

        var members = new List<PolicyMember>();
        foreach (string member in names)
        {
            if (!_named.TryGetValue(member, out PolicyMember? known))
            {
                return $"'{Shown(member)}' is not defined on a line before.";
            }

            if (!_inAGroup.Add(member))
            {
                return $"'{Shown(member)}' is a member already: a witness counts in one way only.";
            }

            members.Add(known);
        }

        int? enough = threshold switch
        {
            "all" => members.Count,
            "any" => 1,
            _ => int.TryParse(threshold, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= members.Count ? number : null,
        };
        return enough is { } count
            ? Name(name, new PolicyMember(Shown(name), null, count, members))
            : $"'{Shown(threshold)}' is not all, any, or a number from 1 to {members.Count}.";
    }

    private string? SetQuorum(string name)
    {
        if (_hasQuorum)
        {
            return "There is a quorum line before.";
        }

        _hasQuorum = true;
        return name == None || _named.TryGetValue(name, out _quorum) ? null : $"'{Shown(name)}' is not defined on a line before.";
    }

    private string? Name(string name, PolicyMember member)
        => name == None ? "'none' is not a name for a witness or a group."
            : _named.TryAdd(name, member) ? null
            : $"'{Shown(name)}' is defined on a line before.";

    private static bool TryKey(string octets, NoteSignatureType type, string whose, [NotNullWhen(true)] out NoteVerifier? key, [NotNullWhen(false)] out string? fault)
    {
        bool read = NoteVerifier.TryParse(Shown(octets), out key);
        fault = !read ? $"'{Shown(octets)}' is not a verifier key of a type that is known here."
            : key!.Type != type ? $"The key of {key.Name} is not {whose}: its type is {(int)key.Type:x2}, expected {(int)type:x2}."
            : null;
        return fault is null;
    }

    /// <summary>Octets as text where they are UTF-8, for keys and for people.</summary>
    private static string Shown(string octets)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(octets);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Utf8.GetString(bytes) : octets;
    }
}
