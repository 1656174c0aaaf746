using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SsaShare.Signing;

/// <summary>Names one private key of a token, the module that reaches it, and where its PIN is: an RFC 7512 URI. Immutable.</summary>
/// <remarks>
/// <c>pkcs11:token=ssashare;object=signing?module-path=/usr/lib/softhsm/libsofthsm2.so&amp;pin-source=/run/credentials/pin</c>.
/// Known attributes: token, serial, manufacturer, model; object, id, type=private; module-path, pin-source. Others are refused:
/// who leaves out a condition that it does not know may take the wrong key. So is pin-value: a URI is shown and logged.
/// </remarks>
public sealed class Pkcs11Uri
{
    /// <summary>Longest URI, characters.</summary>
    public const int Longest = 2_000;

    /// <summary>What a URI begins with.</summary>
    public const string Scheme = "pkcs11:";

    private readonly string _text;

    private Pkcs11Uri(string text, IReadOnlyDictionary<string, byte[]> attributes)
    {
        _text = text;
        TokenLabel = attributes.GetValueOrDefault("token");
        SerialNumber = attributes.GetValueOrDefault("serial");
        Manufacturer = attributes.GetValueOrDefault("manufacturer");
        Model = attributes.GetValueOrDefault("model");
        ObjectLabel = attributes.GetValueOrDefault("object");
        ObjectId = attributes.GetValueOrDefault("id");
        ModulePath = Encoding.UTF8.GetString(attributes["module-path"]);
        PinSource = attributes.TryGetValue("pin-source", out byte[]? source) ? FilePath(source) : null;
    }

    internal byte[]? TokenLabel { get; }

    internal byte[]? SerialNumber { get; }

    internal byte[]? Manufacturer { get; }

    internal byte[]? Model { get; }

    internal byte[]? ObjectLabel { get; }

    internal byte[]? ObjectId { get; }

    /// <summary>Absolute path of the library that speaks PKCS#11.</summary>
    public string ModulePath { get; }

    /// <summary>Absolute path of a file with the PIN; null when the PIN is the passphrase of the other keys.</summary>
    public string? PinSource { get; }

    /// <summary>Reads a URI.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="uri">The URI.</param>
    /// <param name="fault">Why it is none.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Pkcs11Uri? uri, [NotNullWhen(false)] out string? fault)
    {
        var attributes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        fault = text is null || text.Length > Longest || !text.StartsWith(Scheme, StringComparison.Ordinal)
            ? $"A token's key begins with '{Scheme}' and has at most {Longest} characters."
            : ReadAll(text[Scheme.Length..], attributes) ?? CheckAll(attributes);
        uri = fault is null ? new Pkcs11Uri(text!, attributes) : null;
        return uri is not null;
    }

    /// <summary>The text as it was read.</summary>
    public override string ToString() => _text;

    private static string? ReadAll(string text, Dictionary<string, byte[]> attributes)
    {
        int query = text.IndexOf('?', StringComparison.Ordinal);
        return Read(query < 0 ? text : text[..query], ';', ["token", "serial", "manufacturer", "model", "object", "id", "type"], attributes)
            ?? Read(query < 0 ? "" : text[(query + 1)..], '&', ["module-path", "pin-source"], attributes);
    }

    private static string? Read(string part, char separator, string[] known, Dictionary<string, byte[]> attributes)
    {
        foreach (string attribute in part.Split(separator, StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = attribute.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? attribute : attribute[..equals];
            if (name == "pin-value")
            {
                return "A PIN does not stand in the URI, which is shown and logged: write it to a file and name that by pin-source.";
            }

            if (equals < 0 || !known.Contains(name, StringComparer.Ordinal))
            {
                return $"'{Shown(name)}' is not one of the attributes {string.Join(", ", known)} in this place.";
            }

            if (!TryDecode(attribute[(equals + 1)..], out byte[]? value) || !attributes.TryAdd(name, value))
            {
                return $"'{name}' is given twice, or is not percent-encoded ASCII.";
            }
        }

        return null;
    }

    private static string? CheckAll(Dictionary<string, byte[]> attributes)
        => !attributes.ContainsKey("token") && !attributes.ContainsKey("serial") ? "The token is named by token=LABEL or serial=NUMBER."
            : !attributes.ContainsKey("object") && !attributes.ContainsKey("id") ? "The key is named by object=LABEL or id=BYTES."
            : attributes.TryGetValue("type", out byte[]? type) && !type.AsSpan().SequenceEqual("private"u8) ? "The type is 'private'."
            : !attributes.TryGetValue("module-path", out byte[]? module) || !IsAbsolute(module) ? "The module is named by module-path=, an absolute path."
            : attributes.TryGetValue("pin-source", out byte[]? pin) && !IsAbsolute(FilePathBytes(pin)) ? "The PIN's file is named by an absolute path, or file: and that."
            : null;

    private static bool IsAbsolute(ReadOnlySpan<byte> path) => path.Length > 1 && path[0] == '/' && !path.Contains((byte)0);

    private static ReadOnlySpan<byte> FilePathBytes(ReadOnlySpan<byte> source)
        => source.StartsWith("file://"u8) ? source[7..] : source.StartsWith("file:"u8) ? source[5..] : source;

    private static string FilePath(byte[] source) => Encoding.UTF8.GetString(FilePathBytes(source));

    private static string Shown(string name) => name.Length > 40 || name.Any(char.IsControl) ? "that" : name;

    private static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? value)
    {
        var bytes = new List<byte>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool escaped = text[i] == '%';
            if (escaped ? i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]) : text[i] is <= ' ' or > '~')
            {
                value = null;
                return false;
            }

            bytes.Add(escaped ? Convert.FromHexString(text.AsSpan(i + 1, 2))[0] : (byte)text[i]);
            i += escaped ? 2 : 0;
        }

        value = [.. bytes];
        return value.Length > 0;
    }
}
