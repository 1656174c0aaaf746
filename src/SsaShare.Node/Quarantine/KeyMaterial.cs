using System.Text;
using System.Text.Unicode;
using SsaShare.Formats;

namespace SsaShare.Node;

/// <summary>Tells what must not be kept or shown: a private key that was taken for a file to publish, and what is no text at all, as a secret is.</summary>
internal static class KeyMaterial
{
    /// <summary>Longest name of a field; longer ones are whatever stood in the line.</summary>
    private const int FieldMax = 40;

    private static ReadOnlySpan<byte> PrivateKey => "PRIVATE KEY"u8;
    private static ReadOnlySpan<byte> NoteSigner => "PRIVATE+KEY+"u8;
    private static ReadOnlySpan<byte> Age => "AGE-SECRET-KEY-"u8;

    /// <summary>Whether there is a private key in PEM or PGP armour, of a note signer or of age in it, or its beginning.</summary>
    public static bool IsIn(ReadOnlySpan<byte> bytes) => bytes.IndexOf(PrivateKey) >= 0 || bytes.IndexOf(NoteSigner) >= 0 || bytes.IndexOf(Age) >= 0;

    /// <summary>Whether what an issue tells of a file has one in it.</summary>
    public static bool IsIn(ReadIssue issue) => IsIn(Encoding.UTF8.GetBytes(issue.Value)) || IsIn(Encoding.UTF8.GetBytes(issue.Field));

    /// <summary>An issue without anything that stood in the file.</summary>
    public static ReadIssue Without(ReadIssue issue) => issue with { Field = "line", Value = "" };

    /// <summary>Whether it is text: UTF-8 without control characters other than tab and line ends.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\r' or (byte)'\n') or 0x7F) return false;
        return Utf8.IsValid(bytes);
    }

    /// <summary>The name of an issue's field, or "line" where it is too long to be a name.</summary>
    public static string FieldOf(ReadIssue issue) => issue.Field.Length <= FieldMax ? issue.Field : "line";
}
