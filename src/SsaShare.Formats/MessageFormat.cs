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

/// <summary>Tells formats by their first line.</summary>
public static class MessageFormats
{
    /// <summary>As many of the first bytes as are worth looking at.</summary>
    public const int HeadBytes = 4_096;

    /// <param name="head">The first bytes of the file.</param>
    public static MessageFormat Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\uFEFF"u8)) head = head[3..];
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range].Trim(" \t\r"u8);
            if (line.IsEmpty || line.StartsWith("COMMENT"u8)) continue;
            if (line.StartsWith("{"u8)) return MessageFormat.Notice;
            if (line.StartsWith("CCSDS_CDM_VERS"u8)) return MessageFormat.Conjunction;
            return line.StartsWith("CCSDS_OPM_VERS"u8) || line.StartsWith("CCSDS_OMM_VERS"u8) ? MessageFormat.Orbit : MessageFormat.Tracking;
        }
        return MessageFormat.Tracking;
    }
}
