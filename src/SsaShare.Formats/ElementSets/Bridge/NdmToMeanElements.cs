using System.Text;

namespace SsaShare.Formats;

/// <summary>Takes the events of messages and writes each orbit mean-elements message as mean elements.</summary>
internal sealed class NdmToMeanElements(IFormatWriter<MeanElements> to, FormatWriteOptions options) : IFormatWriter<NdmEvent>
{
    private readonly ElementBuilder _builder = new();
    private readonly List<string> _comments = [];
    private long _line;
    private bool _inMessage, _isRefused;

    public ReadIssue? Write(NdmEvent value)
    {
        switch (value.Kind)
        {
            case NdmEventKind.MessageStart:
                _builder.Clear();
                _comments.Clear();
                (_inMessage, _isRefused, _line) = (true, false, value.Line);
                return value.Name == "omm" ? null : Refuse(value, value.Name, value.Text, "not an orbit mean-elements message", "only omm has mean elements");
            case NdmEventKind.Field when _inMessage && !_isRefused:
                return Field(value);
            case NdmEventKind.Comment when _inMessage && value.Text.Length > 0:
                _comments.Add(value.Text);
                return null;
            case NdmEventKind.MessageEnd when _inMessage:
                _inMessage = false;
                return _isRefused ? null : Finish(value);
            default:
                return null;
        }
    }

    public void Complete()
    {
        // The writer is the caller's; each message is ended already.
    }

    private ReadIssue? Field(NdmEvent one)
    {
        if (one.Text.Length == 0) return null;
        if (ElementFields.Find(one.Name) is { } field)
        {
            if (one.Text == MeanElementsNdm.Unknown && one.Name == "OBJECT_ID") return null;
            if (!_builder.Mark(field)) return Refuse(one, one.Name, one.Text, "given twice", "give it once");
            return field.Read(Encoding.UTF8.GetBytes(one.Text), _builder) is { } reason ? Refuse(one, one.Name, one.Text, reason, $"expected {field.Expected}") : null;
        }
        string keyword = one.Name;
        if (keyword.StartsWith(MeanElementsNdm.UserDefined, StringComparison.Ordinal) && ElementFields.IsKnownFurther(keyword[MeanElementsNdm.UserDefined.Length..])) keyword = keyword[MeanElementsNdm.UserDefined.Length..];
        _builder.Add(new FurtherField(keyword, one.Text));
        return null;
    }

    private ReadIssue? Finish(NdmEvent end)
    {
        if (ElementFields.All.FirstOrDefault(field => field.IsRequired && (_builder.Given & 1UL << field.Index) == 0) is { } missing)
            return Refuse(end, missing.Keyword, "", "missing: without it these are no elements for SGP4", $"expected {missing.Expected}");
        if (_comments.Count > 0) _builder.Add(new FurtherField(MeanElementsNdm.Comment, string.Join(MeanElementsNdm.CommentBreak, _comments)));
        bool isCut = _builder.IsEpochCut;
        var issue = to.Write(_builder.Build());
        if (issue is not null) return issue with { Line = _line };
        return isCut ? new ReadIssue(options.FileName, _line, IssueSeverity.Notice, "EPOCH", "", "decimals beyond the nanosecond were dropped", "nothing need be done") : null;
    }

    private ReadIssue Refuse(NdmEvent at, string field, string value, string reason, string remedy)
    {
        _isRefused = true;
        return new ReadIssue(options.FileName, at.Line > 0 ? at.Line : _line, IssueSeverity.Refused, field, value, reason, remedy) { Column = at.Column };
    }
}
