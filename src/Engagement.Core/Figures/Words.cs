namespace Engagement.Core;

/// <summary>The words of the field in English and German, for the texts of caveats.</summary>
internal static class Words
{
    public static string English(UnitOfCount unit) => unit switch
    {
        UnitOfCount.Person => "persons",
        UnitOfCount.Company => "companies",
        UnitOfCount.Household => "households",
        UnitOfCount.Account => "accounts",
        UnitOfCount.Copy => "copies",
        _ => "devices",
    };

    public static string German(UnitOfCount unit) => unit switch
    {
        UnitOfCount.Person => "Personen",
        UnitOfCount.Company => "Unternehmen",
        UnitOfCount.Household => "Haushalte",
        UnitOfCount.Account => "Konten",
        UnitOfCount.Copy => "Exemplare",
        _ => "Geräte",
    };
}
