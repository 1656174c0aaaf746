namespace SsaShare.Storage;

/// <summary>The private PostgreSQL cluster cannot run. The message is one line for the operator and says what mends it.</summary>
public sealed class PrivateClusterException : Exception
{
    public PrivateClusterException(string message)
        : base(message)
    {
    }

    public PrivateClusterException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
