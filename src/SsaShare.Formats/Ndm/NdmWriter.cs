namespace SsaShare.Formats;

/// <summary>What writers of messages in any syntax have in common: only what the tables know is written, and one kind of message where the format is of one kind. Used by one thread at a time.</summary>
/// <param name="only">The kind of message that the file may hold; null for any.</param>
internal abstract class NdmWriter(FormatWriteOptions options, string? only) : IFormatWriter<NdmEvent>
{
    private readonly Stack<string> _open = new();
    private bool _isRefused;

    public ReadIssue? Write(NdmEvent value)
    {
        if (_isRefused)
        {
            if (value.Kind == NdmEventKind.MessageEnd) _isRefused = false;
            return null;
        }
        if ((Trouble(value) ?? Cannot(value)) is { } issue)
        {
            _isRefused = value.Kind == NdmEventKind.MessageStart;
            return issue;
        }
        Nest(value);
        Put(value);
        return null;
    }

    public abstract void Complete();

    protected abstract void Put(NdmEvent one);

    protected static bool IsOfFile(NdmEvent one) => one.Name == "ndm" && one.Kind is NdmEventKind.BlockStart or NdmEventKind.BlockEnd;

    /// <summary>Why the syntax cannot hold an event.</summary>
    protected virtual ReadIssue? Cannot(NdmEvent one) => null;

    protected ReadIssue Refused(NdmEvent one, string field, string reason, string remedy) => new(options.FileName, one.Line, IssueSeverity.Refused, field, "", reason, remedy);

    private ReadIssue? Trouble(NdmEvent one)
    {
        if (one.Kind == NdmEventKind.MessageStart && (NdmTables.Find(one.Name) is null || (only is not null && one.Name != only)))
            return Refused(one, one.Name, "not a message that the format holds", only is null ? "choose another format" : $"it holds {only}");
        if (!one.Text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return null;
        bool isText = IsPaired(one.Text) && !one.Text.Any(letter => char.IsControl(letter) || letter is '\uFFFE' or '\uFFFF');
        return isText ? null : Refused(one, one.Name, "a control character, or half a character", "remove it");
    }

    private static bool IsPaired(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }

    private void Nest(NdmEvent one)
    {
        if (one.Kind is NdmEventKind.MessageStart or NdmEventKind.BlockStart) _open.Push(one.Name);
        else if (one.Kind is NdmEventKind.MessageEnd or NdmEventKind.BlockEnd && (!_open.TryPop(out string? name) || name != one.Name))
            throw new ArgumentException($"Expected the end of {name ?? "nothing"}, got that of {one.Name}.", nameof(one));
    }
}
