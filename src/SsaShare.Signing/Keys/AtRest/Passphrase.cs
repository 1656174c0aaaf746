using System.Text;

namespace SsaShare.Signing;

/// <summary>What opens encrypted key files. Looked for when the first one is met, and only once.</summary>
/// <remarks>Its bytes are those of the text in UTF-8, not normalized: letters beyond ASCII may be typed in two ways.</remarks>
public sealed class Passphrase
{
    /// <summary>Shortest passphrase that keys are newly encrypted with, bytes.</summary>
    public const int ShortestNew = 12;

    /// <summary>Longest passphrase, bytes.</summary>
    public const int Longest = 1_024;

    private readonly Lazy<byte[]> _utf8;

    private Passphrase(Func<byte[]> find) => _utf8 = new Lazy<byte[]>(find);

    /// <exception cref="KeyFileException">Empty, or too long.</exception>
    public static Passphrase Of(string text)
    {
        byte[] utf8 = Checked(Encoding.UTF8.GetBytes(text), "The passphrase");
        return new Passphrase(() => utf8);
    }

    /// <summary>The text of a file without its last line end. The file is open to its owner only, or lies in systemd's credentials folder.</summary>
    /// <remarks>When it is read: <see cref="KeyFileException"/> where it is missing, open to others, empty or too long.</remarks>
    public static Passphrase FromFile(string path) => FromFile(path, "Passphrase file");

    internal static Passphrase FromFile(string path, string what) => new(() =>
    {
        ReadOnlySpan<byte> text = PrivateFile.Read(path, what, checkMode: !IsCredential(path));
        text = text.EndsWith("\n"u8) ? text[..^1] : text;
        text = text.EndsWith("\r"u8) ? text[..^1] : text;
        return Checked(text.ToArray(), $"{what} {path}");
    });

    /// <summary>A person is asked.</summary>
    /// <param name="ask">Asks; called at most once. May throw <see cref="KeyFileException"/>.</param>
    public static Passphrase Ask(Func<string> ask) => new(() => Checked(Encoding.UTF8.GetBytes(ask()), "The passphrase"));

    /// <exception cref="KeyFileException">None was found, or it has fewer than <see cref="ShortestNew"/> bytes.</exception>
    public void CheckNew()
    {
        if (Utf8.Length < ShortestNew)
        {
            throw new KeyFileException($"The passphrase has {Utf8.Length} bytes; a new one has at least {ShortestNew}.");
        }
    }

    /// <exception cref="KeyFileException">None was found.</exception>
    internal ReadOnlySpan<byte> Utf8 => _utf8.Value;

    // systemd grants the service's user access by an access control list, which the mode shows as access of the group.
    private static bool IsCredential(string path)
        => Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder
            && Path.GetFullPath(path).StartsWith(Path.GetFullPath(folder).TrimEnd('/') + "/", StringComparison.Ordinal);

    private static byte[] Checked(byte[] utf8, string what)
        => utf8.Length is >= 1 and <= Longest ? utf8 : throw new KeyFileException($"{what} has {utf8.Length} bytes; it has 1 to {Longest}.");
}
