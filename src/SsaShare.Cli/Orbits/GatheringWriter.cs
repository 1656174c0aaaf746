using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>Takes what a bridge between formats writes, for who wants the values themselves.</summary>
internal sealed class GatheringWriter<T> : IFormatWriter<T> where T : class
{
    private readonly List<T> _values = [];

    public ReadIssue? Write(T value)
    {
        _values.Add(value);
        return null;
    }

    /// <summary>What came since the last time.</summary>
    public T[] Take()
    {
        T[] all = [.. _values];
        _values.Clear();
        return all;
    }

    public void Complete()
    {
        // Nothing is held back.
    }
}
