using System.Text;

namespace SsaShare.Formats;

/// <summary>The formats of files that can be published.</summary>
public enum MessageFormat
{
    /// <summary>CCSDS tracking data message; also what a file is taken for that begins like none of them, so that its reader says what is wrong.</summary>
    Tracking = 1,
    /// <summary>CCSDS orbit parameter or orbit mean-elements messages.</summary>
    Orbit = 2,
    /// <summary>CCSDS conjunction data messages.</summary>
    Conjunction = 3,
    /// <summary>A manoeuvre or event notice in JSON.</summary>
    Notice = 4,
}

/// <summary>Tells formats by their first line or, in XML and JSON, by the message that they name first.</summary>
public static class MessageFormats
{
    /// <summary>As many of the first bytes as are worth looking at.</summary>
    public const int HeadBytes = 4_096;

    private static readonly System.Buffers.SearchValues<byte> Letters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"u8);

    /// <param name="head">The first bytes of the file.</param>
    public static MessageFormat Of(ReadOnlySpan<byte> head)
    {
        head = XmlHead.ToUtf8(head);
        if (head.StartsWith("\uFEFF"u8)) head = head[3..];
        if (NdmFormats.SyntaxOf(head) != NdmSyntax.Kvn) return OfTree(head);
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range].Trim(" \t\r"u8);
            if (line.IsEmpty || line.StartsWith("COMMENT"u8)) continue;
            if (line.StartsWith("CCSDS_CDM_VERS"u8)) return MessageFormat.Conjunction;
            return line.StartsWith("CCSDS_OPM_VERS"u8) || line.StartsWith("CCSDS_OMM_VERS"u8) ? MessageFormat.Orbit : MessageFormat.Tracking;
        }
        return MessageFormat.Tracking;
    }

    /// <summary>By the message that is named first, alone or in a combined one: an element in XML, a member of an object in JSON. Other JSON is a notice.</summary>
    private static MessageFormat OfTree(ReadOnlySpan<byte> head)
    {
        bool isJson = NdmFormats.SyntaxOf(head) == NdmSyntax.Json;
        while ((isJson ? NextMember(ref head) : NdmFormats.NextElement(ref head)) is { } name)
        {
            switch (name)
            {
                case "tdm": return MessageFormat.Tracking;
                case "opm" or "omm": return MessageFormat.Orbit;
                case "cdm": return MessageFormat.Conjunction;
                case "ndm" or "COMMENT" or "MESSAGE_ID" or "": break;
                default: return isJson ? MessageFormat.Notice : MessageFormat.Tracking;
            }
        }
        return isJson ? MessageFormat.Notice : MessageFormat.Tracking;
    }

    /// <summary>The name of the first member of the next object; empty where it has none of letters.</summary>
    private static string? NextMember(ref ReadOnlySpan<byte> head)
    {
        int at = head.IndexOf((byte)'{');
        if (at < 0) return null;
        head = head[(at + 1)..];
        var name = head.TrimStart(" \t\r\n\""u8);
        int length = name.IndexOfAnyExcept(Letters);
        return length < 0 ? null : Encoding.ASCII.GetString(name[..length]);
    }
}
