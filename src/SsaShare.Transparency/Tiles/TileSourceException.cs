namespace SsaShare.Transparency;

/// <summary>A log cannot be read now. That says nothing about the log.</summary>
/// <param name="message">What failed, and where.</param>
/// <param name="isRefused">Whether one side does not let the other in: the server is not the expected one, or knows this caller not.</param>
/// <param name="inner">What was thrown below; null for nothing.</param>
public sealed class TileSourceException(string message, bool isRefused, Exception? inner = null) : IOException(message, inner)
{
    public bool IsRefused { get; } = isRefused;
}
