using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Agreements;

/// <summary>Why a document was refused, and where.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters for YAML and in bytes for JSON.</param>
/// <param name="Message">One sentence for the author, with the nearest known word where there is one.</param>
public readonly record struct DocumentIssue(int Line, int Column, string Message)
{
    public override string ToString() => $"line {Line}, column {Column}: {Message}";
}

/// <summary>What a document says, or every reason why it is refused.</summary>
public sealed class DocumentResult<T>
    where T : class
{
    private DocumentResult(T? value, ImmutableArray<DocumentIssue> issues) => (Value, Issues) = (value, issues);

    internal DocumentResult(T value)
        : this(value, [])
    {
    }

    internal DocumentResult(IEnumerable<DocumentIssue> issues)
        : this(null, [.. issues])
    {
    }

    public T? Value { get; }

    /// <summary>In the order of the document; empty exactly when there is a value.</summary>
    public ImmutableArray<DocumentIssue> Issues { get; }

    public bool TryGetValue([NotNullWhen(true)] out T? value)
    {
        value = Value;
        return value is not null;
    }
}
