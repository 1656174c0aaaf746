namespace SsaShare.Formats;

/// <summary>
/// Reads one file. Total: every input ends in values and issues, never in an exception other than the stream's own. Memory does not grow with the file.
/// Enumerate once; one thread at a time. The stream stays the caller's.
/// </summary>
public interface IFormatReader<T> where T : class
{
    /// <exception cref="IOException">The stream fails.</exception>
    IEnumerable<FormatItem<T>> Read();

    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    IAsyncEnumerable<FormatItem<T>> ReadAsync(CancellationToken cancellationToken = default);
}

/// <summary>Writes one file, value by value. Used by one thread at a time; the stream stays the caller's.</summary>
public interface IFormatWriter<in T> where T : class
{
    /// <returns>Null when the value was written; otherwise why the format cannot hold it, and nothing of it is written. An issue that is a notice goes with a value that was written in part: it says what the format has no place for.</returns>
    ReadIssue? Write(T value);

    /// <summary>Writes what ends the file, once, after the last value.</summary>
    void Complete();
}
