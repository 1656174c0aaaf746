namespace SsaShare.Formats;

/// <summary>One record of CSV or JSON on its way to mean elements: takes the texts of its fields and complains. Used by one thread at a time.</summary>
internal sealed class OmmRecord(ElementOutput output)
{
    /// <summary>Most bytes of a field that has no property of its own.</summary>
    private const int FurtherBytesMax = 2_000;

    private readonly ElementBuilder _builder = new();

    /// <param name="text">Empty: not given.</param>
    public void Set(ElementField field, ReadOnlySpan<byte> text, long line, int column)
    {
        text = text.Trim((byte)' ');
        if (text.IsEmpty) return;
        if (!_builder.Mark(field)) output.Refuse(line, column, field.Keyword, text, "given twice", "give it once");
        else if (field.Read(text, _builder) is { } reason) output.Refuse(line, column, field.Keyword, text, reason, $"expected {field.Expected}");
    }

    /// <param name="text">Empty: there, but without a text.</param>
    public void SetFurther(string keyword, ReadOnlySpan<byte> text, bool isBare, long line, int column)
    {
        string? found = null;
        if (text.Length > FurtherBytesMax) output.Refuse(line, column, keyword, text, $"longer than {FurtherBytesMax} bytes", "shorten it");
        else if (!text.IsEmpty && !ElementText.TryRead(text, out found)) output.Refuse(line, column, keyword, text, "not printable text in UTF-8", "correct it");
        else _builder.Add(new FurtherField(keyword, found) { IsBare = isBare });
    }

    public bool HasFurther(string keyword)
    {
        foreach (var field in _builder.Further)
            if (field.Keyword == keyword) return true;
        return false;
    }

    public int FurtherCount => _builder.Further.Count;

    /// <returns>Null, with refusals, when something is wrong.</returns>
    public MeanElements? Finish(long line)
    {
        if ((_builder.Given & ElementFields.Required) != ElementFields.Required)
        {
            foreach (var field in ElementFields.All)
                if (field.IsRequired && (_builder.Given & 1UL << field.Index) == 0) output.Refuse(line, 0, field.Keyword, [], "missing", $"expected {field.Expected}");
        }
        if (_builder.IsEpochCut) output.Notice(line, 0, "EPOCH", [], "decimals beyond the nanosecond were dropped", "nothing need be done");
        var elements = output.IsRefused ? null : _builder.Build();
        _builder.Clear();
        return elements;
    }
}
