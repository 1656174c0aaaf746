using System.Collections.Immutable;

namespace SsaShare.Agreements;

/// <summary>A YAML or JSON document as the vocabulary sees it: texts, lists and mappings that know their place.</summary>
internal abstract record DocumentNode(int Line, int Column)
{
    public DocumentIssue Issue(string message) => new(Line, Column, message);
}

internal sealed record ScalarNode(int Line, int Column, string Text) : DocumentNode(Line, Column);

internal sealed record SequenceNode(int Line, int Column, ImmutableArray<DocumentNode> Items) : DocumentNode(Line, Column);

internal sealed record MappingNode(int Line, int Column, ImmutableArray<(ScalarNode Key, DocumentNode Value)> Entries) : DocumentNode(Line, Column);

/// <summary>A document that is no document of ours; the front ends throw it and the codec turns it into an issue.</summary>
internal sealed class DocumentException(DocumentIssue issue) : Exception(issue.Message)
{
    public DocumentIssue Issue { get; } = issue;
}
