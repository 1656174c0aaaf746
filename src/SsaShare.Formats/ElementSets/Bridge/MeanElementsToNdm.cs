using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Writes mean elements as messages: the message's table tells which keyword stands where.</summary>
internal sealed class MeanElementsToNdm(IFormatWriter<NdmEvent> to, FormatWriteOptions options) : IFormatWriter<MeanElements>
{
    private static readonly NdmMessage Message = OmmTable.Message;

    /// <summary>Keywords that the first version did not have.</summary>
    private static readonly NdmEntry[] Later = [.. Message.AllBlocks.SelectMany(block => block.Entries).Where(entry => entry.Since.Length > 0)];

    private readonly List<NdmEvent> _events = [];
    private bool _toldName;

    public ReadIssue? Write(MeanElements value)
    {
        if (ElementFields.Unwritable(value) is { } wrong) return Refuse(wrong, "not a finite number, or not printable text", "correct it");
        bool isXp = value.MeanElementTheory.Equals(MeanElements.XpTheory, StringComparison.OrdinalIgnoreCase);
        if (isXp ? value.BTermM2PerKg is null : value.IsConventional && value.BStarPerEarthRadii is null) return Refuse(isXp ? "BTERM" : "BSTAR", "the message must have it, and the elements do not", "add it");
        if (isXp ? value.AgomM2PerKg is null : value.IsConventional && value.MeanMotionDotRevPerDay2 is null) return Refuse(isXp ? "AGOM" : "MEAN_MOTION_DOT", "the message must have it, and the elements do not", "add it");
        string version = Version(value);
        _events.Clear();
        _events.Add(NdmEvent.MessageStart(Message.Name, version));
        foreach (var block in Message.Root.Entries.OfType<NdmBlock>()) Put(block, value);
        _events.Add(NdmEvent.MessageEnd(Message.Name));
        var notice = value.ObjectName is null && !_toldName
            ? new ReadIssue(options.FileName, 1, IssueSeverity.Notice, "OBJECT_NAME", "", $"the message must have it, and the elements do not: {MeanElementsNdm.Unknown} is written (told once for the file)", "nothing need be done")
            : null;
        _toldName |= notice is not null;
        foreach (var one in _events)
            if (to.Write(one) is { } issue && (issue.Severity == IssueSeverity.Refused || notice is null)) notice = issue;
        return notice;
    }

    public void Complete()
    {
        // The writer is the caller's; each message is ended already.
    }

    /// <summary>The version that the elements say they are of, if it has all that they have.</summary>
    private static string Version(MeanElements value)
    {
        string least = "2.0";
        foreach (var entry in Later)
            if (string.CompareOrdinal(entry.Since, least) > 0 && Text(entry.Name, value) is not null) least = entry.Since;
        return value.Further.Find(Message.VersionKeyword) is { } said && Message.Versions.Contains(said) && string.CompareOrdinal(said, least) >= 0 ? said : least;
    }

    private void Put(NdmBlock block, MeanElements value)
    {
        int start = _events.Count;
        _events.Add(NdmEvent.BlockStart(block.Name));
        if (block.Name == "header" && value.Further.Find(MeanElementsNdm.Comment) is { } comment)
            foreach (string line in comment.Split(MeanElementsNdm.CommentBreak)) _events.Add(NdmEvent.Comment(line));
        foreach (var entry in block.Entries)
        {
            if (entry is NdmBlock inner) Put(inner, value);
            else if ((Text(entry.Name, value) ?? Otherwise(entry.Name)) is { } text) _events.Add(NdmEvent.Field(entry.Name, text));
        }
        if (block.TakesUserDefined)
        {
            foreach (var field in value.Further)
            {
                if (field.Text is null || field.Keyword is MeanElementsNdm.Comment || field.Keyword == Message.VersionKeyword || Message.Home(field.Keyword) is not null) continue;
                _events.Add(NdmEvent.Field(field.Keyword.StartsWith(MeanElementsNdm.UserDefined, StringComparison.Ordinal) ? field.Keyword : MeanElementsNdm.UserDefined + field.Keyword, field.Text));
            }
        }
        if (_events.Count == start + 1) _events.RemoveAt(start);
        else _events.Add(NdmEvent.BlockEnd(block.Name));
    }

    /// <summary>What the elements say for a keyword; null for nothing.</summary>
    private static string? Text(string keyword, MeanElements value) => keyword switch
    {
        "CENTER_NAME" => value.CenterName,
        "REF_FRAME" => value.ReferenceFrame,
        "TIME_SYSTEM" => value.TimeSystem,
        "MEAN_ELEMENT_THEORY" => value.MeanElementTheory,
        _ => ElementFields.Find(keyword) is { } field ? field.Text(value) : value.Further.Find(keyword),
    };

    /// <summary>What stands for a keyword that every message must have.</summary>
    private string? Otherwise(string keyword) => keyword switch
    {
        "OBJECT_NAME" or "OBJECT_ID" => MeanElementsNdm.Unknown,
        "ORIGINATOR" => options.Originator,
        "CREATION_DATE" => Utc.ToDateTime(options.Now).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        _ => null,
    };

    private ReadIssue Refuse(string field, string reason, string remedy) => new(options.FileName, 1, IssueSeverity.Refused, field, "", reason, remedy);
}
