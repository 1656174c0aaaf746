namespace SsaShare.Signing;

/// <summary>A key file that is missing, open to others, or not a key. The message names the file and the remedy.</summary>
public sealed class KeyFileException : Exception
{
    public KeyFileException()
    {
    }

    public KeyFileException(string message)
        : base(message)
    {
    }

    public KeyFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
