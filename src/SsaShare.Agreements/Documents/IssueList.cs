namespace SsaShare.Agreements;

/// <summary>The issues found so far; stops taking more at <see cref="DocumentLimits.IssuesMax"/>.</summary>
internal sealed class IssueList
{
    private readonly List<DocumentIssue> _issues = [];

    public bool IsEmpty => _issues.Count == 0;

    /// <summary>In the order of the document.</summary>
    public IEnumerable<DocumentIssue> InOrder => _issues.OrderBy(issue => (issue.Line, issue.Column));

    public void Add(DocumentNode place, string message)
    {
        if (_issues.Count < DocumentLimits.IssuesMax) _issues.Add(new DocumentIssue(place.Line, place.Column, message));
    }

    /// <summary>Names the unknown word and the nearest known one.</summary>
    public void AddUnknown(ScalarNode word, string noun, IEnumerable<string> known)
    {
        // Looking for the nearest word costs time, so not for issues that nobody will see.
        if (_issues.Count == DocumentLimits.IssuesMax) return;
        string nearest = NearestWord.Suggest(word.Text, known);
        string hint = nearest.Length > 0 ? nearest : $" Known: {string.Join(", ", known.Take(40))}.";
        Add(word, $"'{Show.Text(word.Text)}' is not a known {noun}.{LookAlike.Hint(word.Text)}{hint}");
    }
}
